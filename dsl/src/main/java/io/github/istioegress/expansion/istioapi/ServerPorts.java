package io.github.istioegress.expansion.istioapi;

/** Names of a Gateway's server ports, which have to be unique within the resource. */
final class ServerPorts {

  private ServerPorts() {}

  /** The protocol alone on its usual port, {@code http}; elsewhere with the number. */
  static String name(String protocol, long port, long usual) {
    return port == usual ? protocol : protocol + "-" + port;
  }
}
