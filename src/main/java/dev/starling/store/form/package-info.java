/**
 * The forms in which a version's values are kept: snapshot, lossless delta, and rounded delta. Bytes in, bytes out: this
 * corner knows neither a database nor which version is which.
 */
@NullMarked
package dev.starling.store.form;

import org.jspecify.annotations.NullMarked;
