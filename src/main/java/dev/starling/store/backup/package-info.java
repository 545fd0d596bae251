/**
 * A personal model in one file, for its owner to keep and to bring onto another device. Bytes in, bytes out: this corner
 * knows no database; who restores says where base models are to be found.
 */
@NullMarked
package dev.starling.store.backup;

import org.jspecify.annotations.NullMarked;
