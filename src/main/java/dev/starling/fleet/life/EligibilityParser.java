package dev.starling.fleet.life;

import java.util.function.Predicate;

/**
 * The language of eligibility:
 *
 * <pre>
 * any     = all { "||" all }
 * all     = one { "&&" one }
 * one     = "!" one | "(" any ")" | flag | "battery" compare number
 * flag    = "charging" | "unmetered" | "idle" | "opted-out" | "always"
 * compare = "&gt;" | "&gt;=" | "&lt;" | "&lt;=" ; number is 0 to 1
 * </pre>
 */
final class EligibilityParser {

    private static final String WORDS = "charging, unmetered, idle, opted-out, battery or always";
    private static final int DEEPEST = 100;

    private final String text;
    private int at;
    private int depth;

    EligibilityParser(String text) {
        this.text = text;
    }

    Predicate<Circumstances> parsed() {
        Predicate<Circumstances> condition = any();
        if (!atEnd()) {
            throw unexpected("&& or || or the end");
        }
        return condition;
    }

    private Predicate<Circumstances> any() {
        Predicate<Circumstances> condition = all();
        while (took("||")) {
            condition = condition.or(all());
        }
        return condition;
    }

    private Predicate<Circumstances> all() {
        Predicate<Circumstances> condition = one();
        while (took("&&")) {
            condition = condition.and(one());
        }
        return condition;
    }

    private Predicate<Circumstances> one() {
        if (++depth > DEEPEST) {
            throw new EligibilityException(at + 1, "the expression is nested more than " + DEEPEST + " deep");
        }
        Predicate<Circumstances> condition;
        if (took("!")) {
            condition = one().negate();
        } else if (took("(")) {
            condition = any();
            if (!took(")")) {
                throw unexpected(")");
            }
        } else {
            condition = named();
        }
        depth--;
        return condition;
    }

    private Predicate<Circumstances> named() {
        skipSpace();
        int start = at;
        while (at < text.length() && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        return switch (text.substring(start, at)) {
            case "charging" -> Circumstances::charging;
            case "unmetered" -> Circumstances::unmetered;
            case "idle" -> Circumstances::idle;
            case "opted-out" -> Circumstances::optedOut;
            case "always" -> state -> true;
            case "battery" -> comparison();
            default -> {
                int end = at;
                at = start;
                throw end > start
                        ? new EligibilityException(
                                start + 1, "must be " + WORDS + ", got \"" + text.substring(start, end) + "\"")
                        : unexpected(WORDS + ", ! or (");
            }
        };
    }

    private Predicate<Circumstances> comparison() {
        if (took(">=")) {
            double bound = share();
            return state -> state.battery() >= bound;
        } else if (took(">")) {
            double bound = share();
            return state -> state.battery() > bound;
        } else if (took("<=")) {
            double bound = share();
            return state -> state.battery() <= bound;
        } else if (took("<")) {
            double bound = share();
            return state -> state.battery() < bound;
        }
        throw unexpected(">, >=, < or <= after battery");
    }

    private double share() {
        skipSpace();
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String number = text.substring(start, at);
        if (!number.matches("\\d+(\\.\\d+)?|\\.\\d+")) {
            at = start;
            throw unexpected("a share from 0 to 1");
        }
        double share = Double.parseDouble(number);
        if (share > 1) {
            throw new EligibilityException(start + 1, "must be a share from 0 to 1, got " + number);
        }
        return share;
    }

    private boolean took(String token) {
        skipSpace();
        if (!text.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        return true;
    }

    private boolean atEnd() {
        skipSpace();
        return at == text.length();
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private EligibilityException unexpected(String wanted) {
        String found = atEnd() ? "the end" : "\"" + text.charAt(at) + "\"";
        return new EligibilityException(at + 1, "must be " + wanted + ", got " + found);
    }
}
