package io.github.istioegress.intent;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a namespace's sidecars know beyond its own hosts and the gateways they leave through.
 *
 * @param imports {@code NAMESPACE/HOST} each, ordered; the namespace is that of the Service or
 *     ServiceEntry, the host may be {@code *} or begin with {@code *.}
 */
public record SidecarScope(List<String> imports) {

  private static final Pattern HOST =
      Pattern.compile("\\*|(\\*\\.)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

  /**
   * Checks and orders them.
   *
   * @throws IllegalArgumentException when one is not of the form, or names no namespace
   */
  public SidecarScope {
    imports = List.copyOf(new TreeSet<>(imports));
    for (String said : imports) {
      String[] parts = said.split("/", -1);
      if (parts.length != 2 || !HOST.matcher(parts[1]).matches()) {
        throw new IllegalArgumentException(
            "import '%s' is not of the form orders/*, or orders/stock.orders.svc.cluster.local"
                .formatted(said));
      }
      if (parts[0].equals("*")) {
        throw new IllegalArgumentException(
            "import '%s' takes in every namespace: name those that are called, as in orders/%s"
                .formatted(said, parts[1]));
      }
      Names.checkLabel("namespace of import " + said, parts[0]);
    }
  }

  /** The namespaces that something is imported from, ordered. */
  public List<String> namespaces() {
    return imports.stream().map(said -> said.substring(0, said.indexOf('/'))).distinct().toList();
  }
}
