package io.github.istioegress.intent;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The fully qualified name of a host outside the mesh, or of all hosts below a domain ({@code
 * *.example.com}), in lower case and without a final dot (ServiceEntry {@code spec.hosts}).
 *
 * @param name the DNS name, {@code edition.cnn.com}
 */
public record ExternalHost(String name) {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*:.*|\\[.*");

  /**
   * Checks the name and brings it to the one form in which Istio compares it: lower case.
   *
   * @throws IllegalArgumentException when it is no fully qualified DNS name
   */
  public ExternalHost {
    name = normalized(name);
  }

  private static String normalized(String said) {
    String host = said;
    if (host.isBlank() || !host.equals(host.strip())) {
      throw refused(
          said, "is blank or has blanks around it", "write a name such as edition.cnn.com");
    }
    if (host.contains("://")) {
      throw refused(said, "has a scheme", "write the host alone: " + alone(host));
    }
    if (host.contains("/")) {
      throw refused(said, "has a path", "write the host alone: " + alone(host));
    }
    if (ADDRESS.matcher(host).matches()) {
      throw refused(said, "is an address", "name the host by its DNS name");
    }
    if (host.contains(":")) {
      throw refused(
          said, "has a port", "say the port in the sentence: http(80), tls(443) or port(80)");
    }
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    host = ascii(said, host).toLowerCase(Locale.ROOT);
    boolean wildcard = host.startsWith("*.");
    String[] labels = (wildcard ? host.substring(2) : host).split("\\.", -1);
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        throw refused(
            said,
            "has the label '" + label + "'",
            "each label is 1 to 63 letters, digits or dashes, and begins and ends without a dash");
      }
    }
    if (labels.length < 2) {
      throw refused(
          said,
          "has no domain",
          "write the fully qualified name, such as "
              + (wildcard ? "*.example.com" : host + ".com"));
    }
    if (host.length() > 253) {
      throw refused(said, "is longer than 253 characters", "check the name");
    }
    if (host.endsWith(".cluster.local") || host.endsWith(".svc")) {
      throw refused(
          said,
          "is a name of the cluster itself",
          "egress is for hosts outside; Services need none");
    }
    return host;
  }

  /** The host of a URL. */
  private static String alone(String url) {
    return url.replaceAll("^.*://|^/+", "").replaceAll("[/:?#].*$", "");
  }

  private static String ascii(String said, String host) {
    if (host.chars().allMatch(c -> c < 128)) {
      return host;
    }
    String ascii;
    try {
      ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException e) {
      throw refused(said, "has characters no host can have", "check the spelling");
    }
    // A look-alike letter is the classic trap here, so the ASCII form has to be said by the user.
    throw refused(said, "is not ASCII", "if the name is meant so, write its ASCII form: " + ascii);
  }

  private static IllegalArgumentException refused(String said, String what, String remedy) {
    return new IllegalArgumentException("host '" + said + "' " + what + ": " + remedy);
  }

  /** True for {@code *.example.com}, which stands for every host below, not for example.com. */
  public boolean isWildcard() {
    return name.startsWith("*");
  }

  /** The name with dashes for dots: the base of the names of its resources. */
  public String dashed() {
    return name.replace("*", "any").replace('.', '-');
  }

  @Override
  public String toString() {
    return name;
  }
}
