package io.github.istioegress.trace.envoy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses.
 *
 * @param bits the address without its host part
 * @param prefix the length of the prefix
 * @param width 32 or 128
 */
public record Cidr(BigInteger bits, int prefix, int width) {

  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /** Reads an address or a range; empty where it is neither. */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    // Only literals: a name would be looked up in the build machine's DNS.
    if (!LITERAL.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      int width = bytes.length * 8;
      int prefix = slash < 0 ? width : Integer.parseInt(text.substring(slash + 1));
      if (prefix < 0 || prefix > width) {
        return Optional.empty();
      }
      return Optional.of(new Cidr(masked(new BigInteger(1, bytes), prefix, width), prefix, width));
    } catch (UnknownHostException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The first address that a range gives to a host; an address alone is its own. */
  public static String firstAddress(String text) {
    return parse(text)
        .filter(range -> range.prefix < range.width)
        .map(Cidr::first)
        .orElse(text.replaceFirst("/.*", ""));
  }

  private String first() {
    byte[] bytes = new byte[width / 8];
    byte[] number = bits.add(BigInteger.ONE).toByteArray();
    int kept = Math.min(number.length, bytes.length);
    System.arraycopy(number, number.length - kept, bytes, bytes.length - kept, kept);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  private static BigInteger masked(BigInteger address, int prefix, int width) {
    return address.shiftRight(width - prefix).shiftLeft(width - prefix);
  }

  /** True where all of the other lies in it. */
  public boolean contains(Cidr address) {
    return width == address.width
        && prefix <= address.prefix
        && masked(address.bits, prefix, width).equals(bits);
  }

  /** True for 0.0.0.0 and its like, which stands for no restriction. */
  boolean isUnspecified() {
    return bits.signum() == 0;
  }
}
