/**
 * A private certificate authority for the nodes of one's own cluster.
 */
@NullMarked
package dev.starling.cli.certs;

import org.jspecify.annotations.NullMarked;
