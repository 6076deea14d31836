// Preloaded: every server in this process listens on this machine's loopback only.
import net from 'node:net'

const HERE = '127.0.0.1'
const listen = net.Server.prototype.listen

net.Server.prototype.listen = function (first, second, ...rest) {
  if (first !== null && typeof first === 'object' && 'port' in first) {
    return listen.call(this, { ...first, host: HERE }, second, ...rest)
  }
  if (!/^\d+$/.test(String(first))) return listen.call(this, first, second, ...rest)
  if (typeof second === 'string') return listen.call(this, first, HERE, ...rest)
  return listen.call(this, first, HERE, second, ...rest)
}
