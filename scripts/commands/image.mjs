// npm run image: all that the container image of the portal holds, in
// dist-image/, out of what npm run build has made. packages/backend/Dockerfile
// calls it, and npm run test:release starts what it makes.
import { layOutImage } from '../image/layOutImage.mjs';

const FOLDER = 'dist-image';

try {
  layOutImage(FOLDER);
  console.log(`The portal for production is in ${FOLDER}/.`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
