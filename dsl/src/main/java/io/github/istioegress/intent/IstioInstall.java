package io.github.istioegress.intent;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The installation of Istio itself; everything that the mesh value says already is taken from
 * there.
 *
 * @param name the name of the IstioOperator resource
 * @param profile the installation profile, {@code default} or {@code minimal}
 * @param addons components that only Istio up to 1.7 installs
 * @param nodeSelector node labels to which Istio's pods are bound
 * @param values further Helm values by dotted path, {@code kiali.dashboard.auth.strategy}
 */
public record IstioInstall(
    String name,
    String profile,
    Set<Addon> addons,
    Map<String, String> nodeSelector,
    Map<String, String> values) {

  private static final Set<String> SAID_BY_THE_MESH =
      Set.of("meshConfig.outboundTrafficPolicy", "meshConfig.accessLogFile");

  private static final Set<String> SAID_BY_ON_NODES = Set.of("global.defaultNodeSelector");

  /**
   * Checks the name and orders the rest.
   *
   * @throws IllegalArgumentException when a name is not valid, or a value says again what the mesh
   *     or another word says
   */
  public IstioInstall {
    Names.checkResourceName("IstioOperator", name);
    Names.checkLabel("profile", profile);
    addons = addons.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(addons));
    nodeSelector = Collections.unmodifiableMap(new TreeMap<>(nodeSelector));
    nodeSelector.forEach((key, value) -> Names.checkPodLabel("node selector", key, value));
    values = Collections.unmodifiableMap(new TreeMap<>(values));
    for (String path : values.keySet()) {
      if (path.isEmpty() || path.startsWith(".") || path.endsWith(".") || path.contains("..")) {
        throw new IllegalArgumentException(
            "Helm value path '" + path + "' is not of the form kiali.dashboard.auth.strategy");
      }
      if (touches(path, SAID_BY_THE_MESH)) {
        throw new IllegalArgumentException(
            "Helm value "
                + path
                + " is what the mesh says already: use registryOnly(), allowAny() or"
                + " accessLog(...) of the mesh");
      }
      if (touches(path, SAID_BY_ON_NODES)) {
        throw new IllegalArgumentException(
            "Helm value " + path + " is what onNodes(key, value) says: use that instead");
      }
      for (String other : values.keySet()) {
        if (other.startsWith(path + ".")) {
          throw new IllegalArgumentException(
              "Helm values "
                  + path
                  + " and "
                  + other
                  + " exclude each other: the first is a text,"
                  + " not a table");
        }
      }
    }
  }

  /** True where a path is one of the others, or within it, or around it. */
  private static boolean touches(String path, Set<String> others) {
    return others.stream()
        .anyMatch(other -> (path + ".").startsWith(other + ".") || other.startsWith(path + "."));
  }

  /** An installation of the default profile under this name. */
  public static IstioInstall named(String name) {
    return new IstioInstall(name, "default", Set.of(), Map.of(), Map.of());
  }

  /** The same with another profile. */
  public IstioInstall profile(String other) {
    return new IstioInstall(name, other, addons, nodeSelector, values);
  }

  /** The same with one more addon; a mesh newer than 1.7 refuses it. */
  public IstioInstall addon(Addon addon) {
    EnumSet<Addon> more = EnumSet.of(addon);
    more.addAll(addons);
    return new IstioInstall(name, profile, more, nodeSelector, values);
  }

  /** The same with Istio's pods bound to nodes of this label. */
  public IstioInstall onNodes(String key, String value) {
    TreeMap<String, String> more = new TreeMap<>(nodeSelector);
    more.put(key, value);
    return new IstioInstall(name, profile, addons, more, values);
  }

  /** The same with one more Helm value. */
  public IstioInstall value(String path, String value) {
    TreeMap<String, String> more = new TreeMap<>(values);
    more.put(path, value);
    return new IstioInstall(name, profile, addons, nodeSelector, more);
  }
}
