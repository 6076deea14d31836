"""Who looks at a conversation and who types in it.

An open stream is somebody who looks: there is no heartbeat to write. Each door keeps its own
streams in memory and writes a row only when somebody comes, goes, begins or ends to type.
"""
