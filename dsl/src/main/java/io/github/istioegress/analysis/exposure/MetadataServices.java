package io.github.istioegress.analysis.exposure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The addresses and names at which clouds tell a machine its secrets. */
final class MetadataServices {

  private static final List<String> NAMES =
      List.of(
          "metadata",
          "metadata.google.internal",
          "metadata.goog",
          "metadata.azure.internal",
          "metadata.tencentyun.com",
          "instance-data",
          "instance-data.ec2.internal");

  /** Names that lead to the address that they hold. */
  private static final Pattern WITHIN =
      Pattern.compile("(?:.*[.-])?(\\d+)[.-](\\d+)[.-](\\d+)[.-](\\d+)\\.(?:nip|sslip|xip)\\.io");

  private static final Pattern SIX = Pattern.compile("(?i)(?:::ffff:|64:ff9b::)([0-9a-f.:]+)");
  private static final Pattern WORDS = Pattern.compile("([0-9a-f]{1,4}):([0-9a-f]{1,4})");

  private static final long LINK_LOCAL = 0xA9FE0000L;
  private static final long LINK_LOCAL_MASK = 0xFFFF0000L;
  private static final long ALIBABA = 0x646464C8L;

  private MetadataServices() {}

  /** What a host or address is, in words; empty for any other. */
  static Optional<String> of(String said) {
    String value = said.toLowerCase(Locale.ROOT).replaceAll("/\\d+$", "").replaceAll("\\.$", "");
    if (NAMES.contains(value)) {
      return Optional.of("the name of a cloud's metadata service");
    }
    if (value.equals("fd00:ec2::254") || value.equals("fd20:ce::254")) {
      return Optional.of("the address of a cloud's metadata service");
    }
    Matcher within = WITHIN.matcher(value);
    String address =
        within.matches()
            ? String.join(".", within.group(1), within.group(2), within.group(3), within.group(4))
            : value;
    long number = number(mapped(address));
    return (number & LINK_LOCAL_MASK) == LINK_LOCAL
        ? Optional.of("link-local, where nodes keep their metadata service")
        : number == ALIBABA
            ? Optional.of("the address of a cloud's metadata service")
            : Optional.empty();
  }

  /** The address of IPv4 within one of IPv6. */
  private static String mapped(String address) {
    Matcher six = SIX.matcher(address);
    if (!six.matches()) {
      return address;
    }
    Matcher words = WORDS.matcher(six.group(1));
    return words.matches()
        ? String.valueOf(
            Long.parseLong(words.group(1), 16) * 65_536 + Long.parseLong(words.group(2), 16))
        : six.group(1);
  }

  /** An address as resolvers read it: up to four parts, of base ten, eight or sixteen; else -1. */
  private static long number(String address) {
    String[] parts = address.split("\\.", -1);
    if (parts.length > 4) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < parts.length; i++) {
      long part = part(parts[i]);
      // The last part fills what the others leave.
      int bits = i == parts.length - 1 ? 8 * (5 - parts.length) : 8;
      if (part < 0 || part >= 1L << bits) {
        return -1;
      }
      number = (number << bits) | part;
    }
    return number;
  }

  private static long part(String text) {
    if (text.matches("0x[0-9a-f]{1,8}")) {
      return Long.parseLong(text.substring(2), 16);
    }
    if (text.matches("0[0-7]{1,11}")) {
      return Long.parseLong(text, 8);
    }
    return text.matches("\\d{1,10}") ? Long.parseLong(text) : -1;
  }
}
