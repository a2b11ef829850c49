package io.github.istioegress.maven.project;

import java.nio.file.Path;
import java.util.Map;

/**
 * Which module of a build writes which folder. What one module generates the next would take for
 * its own that is wanted no longer, so that the last one would be left.
 *
 * @param byFolder what a build remembers, for all its modules
 */
public record OutputOwners(Map<String, Object> byFolder) {

  /**
   * Takes a folder for a module; a module may take it again.
   *
   * @throws RefusedException when another module has it
   */
  public void take(Path folder, Path module) {
    String key = "istio-egress output " + folder.toAbsolutePath().normalize();
    Object owner;
    synchronized (byFolder) {
      owner = byFolder.putIfAbsent(key, module);
    }
    if (owner != null && !owner.equals(module)) {
      throw new RefusedException(
          "%s is the output folder of module %s, too: give each module an output folder of its own. Nothing written."
              .formatted(folder, owner));
    }
  }
}
