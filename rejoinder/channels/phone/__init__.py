"""The telephone, letters and visits, written down by hand: people who are on no network."""

from rejoinder.channels.phone.phone import Phone

channel = Phone
