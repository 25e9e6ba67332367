// Where the embedded database lives, and the name of the app's database on any server.
import path from 'node:path'

export const DATABASE_NAME = 'filigree'
export const DATA_FOLDER = path.resolve(process.env.FILIGREE_DATA || '.data', 'postgres')
