/**
 * Parameters, layers, losses and local steps: the only room that imports ND4J, OpenBLAS and oneDNN.
 * It knows neither devices nor files.
 */
@NullMarked
package dev.starling.model;

import org.jspecify.annotations.NullMarked;
