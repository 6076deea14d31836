"""Any period by channel, area, need and language: figures of which none is about few people."""
