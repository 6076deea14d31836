"""A small network in a process of its own that keeps real limits and fails on demand."""

from rejoinder.channels.pretend.pretend import Pretend

channel = Pretend
