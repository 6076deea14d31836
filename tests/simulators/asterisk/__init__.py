"""An exchange with Asterisk's REST interface: lines, sounds and recordings, told as they happen."""
