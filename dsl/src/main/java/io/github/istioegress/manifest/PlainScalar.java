package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a scalar without quotes as kubectl does, whose library mixes YAML 1.1 and 1.2. */
final class PlainScalar {

  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");

  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");

  private static final Set<String> TRUE_BEFORE =
      Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON");

  private static final Set<String> FALSE_BEFORE =
      Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF");

  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?");

  private static final Pattern SEXAGESIMAL =
      Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");

  /** Longer ones are no numbers anybody means, and take a long time to parse. */
  private static final int LONGEST_NUMBER = 40;

  private PlainScalar() {}

  /** The value that kubectl takes the bare text for. */
  static JsonNode read(String text) {
    if (NULLS.contains(text)) {
      return NullNode.instance;
    }
    if (TRUE.contains(text) || TRUE_BEFORE.contains(text)) {
      return BooleanNode.TRUE;
    }
    if (FALSE.contains(text) || FALSE_BEFORE.contains(text)) {
      return BooleanNode.FALSE;
    }
    return mayBeNumber(text) ? number(text) : TextNode.valueOf(text);
  }

  /** True where YAML 1.1 and 1.2 differ about the bare text, one of them taking it for a string. */
  static boolean isAmbiguous(String text) {
    if (TRUE_BEFORE.contains(text) || FALSE_BEFORE.contains(text) || text.equals("=")) {
      return true;
    }
    if (!mayBeNumber(text)) {
      return false;
    }
    String digits = unsigned(text).toLowerCase(Locale.ROOT);
    boolean otherBase = digits.startsWith("0o") || digits.startsWith("0b");
    boolean grouped = text.indexOf('_') >= 0;
    return SEXAGESIMAL.matcher(text).matches()
        || ((otherBase || grouped) && number(text).isNumber());
  }

  private static boolean mayBeNumber(String text) {
    if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
      return false;
    }
    char first = text.charAt(0);
    return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
  }

  private static JsonNode number(String text) {
    String plain = text.replace("_", "");
    String digits = unsigned(plain).toLowerCase(Locale.ROOT);
    try {
      if (digits.startsWith("0x")) {
        return integer(plain, digits.substring(2), 16);
      }
      if (digits.startsWith("0o")) {
        return integer(plain, digits.substring(2), 8);
      }
      if (digits.startsWith("0b")) {
        return integer(plain, digits.substring(2), 2);
      }
      if (digits.matches("0[0-7]+")) {
        return integer(plain, digits, 8);
      }
      if (digits.matches("[0-9]+") && (digits.length() == 1 || digits.charAt(0) != '0')) {
        return integer(plain, digits, 10);
      }
      return FLOAT.matcher(plain).matches()
          ? DecimalNode.valueOf(new BigDecimal(plain))
          : TextNode.valueOf(text);
    } catch (NumberFormatException notANumber) {
      return TextNode.valueOf(text);
    }
  }

  private static JsonNode integer(String text, String digits, int radix) {
    if (digits.startsWith("-") || digits.startsWith("+")) {
      return TextNode.valueOf(text);
    }
    BigInteger value = new BigInteger(digits, radix);
    BigInteger signed = text.startsWith("-") ? value.negate() : value;
    return signed.bitLength() < Integer.SIZE
        ? JsonNodeFactory.instance.numberNode(signed.intValue())
        : signed.bitLength() < Long.SIZE
            ? JsonNodeFactory.instance.numberNode(signed.longValue())
            : JsonNodeFactory.instance.numberNode(signed);
  }

  private static String unsigned(String text) {
    return text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
  }
}
