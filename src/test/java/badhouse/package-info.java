/**
 * A house built against the rules, so that HouseTest can show that each of them is able to fail. What is named
 * Harmless breaks none.
 */
package badhouse;
