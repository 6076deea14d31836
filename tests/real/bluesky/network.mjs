// A Bluesky of one machine: `whole` with the app view, which hears and searches, or `pds` alone,
// which takes posts and enforces the limits. Prints one line of JSON when it is ready.
import { TestNetwork, TestNetworkNoAppView } from '@atproto/dev-env'

const pds = { hostname: 'localhost', enableDidDocWithSession: true, rateLimitsEnabled: true }
const whole = process.argv[2] === 'whole'
const network = whole
  ? await TestNetwork.create({ pds, bsky: { dbPostgresSchema: 'appview' }, dbPostgresSchema: 'dev' })
  : await TestNetworkNoAppView.create({ pds })

console.log(JSON.stringify({ pds: network.pds.url, appview: network.bsky?.url ?? '' }))
process.on('SIGINT', () => process.exit(0))
