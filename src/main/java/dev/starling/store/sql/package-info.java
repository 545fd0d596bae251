/**
 * The model store on a database: embedded H2 by default, PostgreSQL by URL, one implementation for both.
 *
 * <p>What is written is written in the order objects, version records, heads, in one transaction; all readers see a
 * whole number of such transactions. Nobody but this corner knows SQL.
 */
@NullMarked
package dev.starling.store.sql;

import org.jspecify.annotations.NullMarked;
