/**
 * {@code starling models}: looks into a model store, recovers versions, compares them, and takes care of the store. A command
 * reads its arguments and prints; what it prints is worked out by classes that know no command line.
 */
@NullMarked
package dev.starling.cli.models;

import org.jspecify.annotations.NullMarked;
