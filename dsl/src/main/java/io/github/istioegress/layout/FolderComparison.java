package io.github.istioegress.layout;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.FindingCode;
import io.github.istioegress.finding.InputCode;
import io.github.istioegress.finding.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compares what stands in the output folder with what is wanted and with what was generated. */
final class FolderComparison {

  private static final int EDIT_LINES = 24;

  private static final int LARGEST_SHOWN = 1 << 20;

  final List<String> created = new ArrayList<>();
  final List<String> changed = new ArrayList<>();
  final List<String> unchanged = new ArrayList<>();
  final List<String> stale = new ArrayList<>();
  final List<String> edited = new ArrayList<>();
  final List<String> foreign = new ArrayList<>();

  /** Files that were generated and that this run is not about. */
  final List<String> ofOthers = new ArrayList<>();

  final List<Finding> findings = new ArrayList<>();

  /** The hashes of all files that were read, to see later that nobody else wrote. */
  final Map<String, String> hashes = new HashMap<>();

  final FolderState state;
  final String inventoryText;

  /** What the inventory is to be. */
  final Inventory target;

  private final Path folder;
  private final String shownFolder;
  private final Texts wanted;
  private final Predicate<String> part;

  /**
   * Compares.
   *
   * @param shownFolder the folder as messages name it
   * @param part whether a path is of what is compared; all wanted ones are
   */
  FolderComparison(Path folder, String shownFolder, Texts wanted, Predicate<String> part) {
    this.folder = folder;
    this.shownFolder = shownFolder;
    this.wanted = wanted;
    this.part = part;
    this.state = FolderState.of(folder);
    this.inventoryText = state.files().contains(Inventory.FILE) ? text(bytes(Inventory.FILE)) : "";
    names();
    state.odd().forEach((path, what) -> add(InputCode.OUTPUT_PATH, path, shown(path), what));
    Inventory inventory = inventory();
    this.target = Inventory.of(wanted).with(inventory, this::isOfOthers);
    if (findings.isEmpty()) {
      wanted.paths().forEach(path -> wanted(path, inventory.hashes().get(path)));
      inventory.hashes().forEach(this::noLongerWanted);
      foreign(inventory);
    }
  }

  private FolderComparison(Finding refusal) {
    this.folder = Path.of("");
    this.shownFolder = "";
    this.wanted = new Texts();
    this.part = path -> true;
    this.target = new Inventory(Map.of());
    this.state = new FolderState(Set.of(), Set.of(), Map.of());
    this.inventoryText = "";
    findings.add(refusal);
  }

  /** Of a folder that is not even looked into. */
  static FolderComparison refused(Finding refusal) {
    return new FolderComparison(refusal);
  }

  /** True where nobody has written between the two comparisons. */
  boolean isSameAs(FolderComparison other) {
    return findings.equals(other.findings)
        && state.equals(other.state)
        && hashes.equals(other.hashes)
        && inventoryText.equals(other.inventoryText);
  }

  private void names() {
    wanted
        .paths()
        .forEach(
            path ->
                PortablePath.refusal(path)
                    .ifPresent(why -> add(InputCode.NAME_LEAVES_FOLDER, path, path, why)));
    List<String> all = new ArrayList<>(wanted.paths());
    all.add(Inventory.FILE);
    PathClash.first(all)
        .ifPresent(clash -> add(InputCode.NAMES_COLLIDE, clash.one(), clash.one(), clash.other()));
  }

  private Inventory inventory() {
    Inventory none = new Inventory(Map.of());
    if (state.files().contains(Inventory.FILE)) {
      return Inventory.parse(inventoryText)
          .orElseGet(
              () -> {
                damaged("is damaged or of a newer version");
                return none;
              });
    }
    if (wanted.paths().stream().anyMatch(state.files()::contains)) {
      damaged("is missing while files stand where it would have them");
    }
    return none;
  }

  private void damaged(String how) {
    add(InputCode.INVENTORY_DAMAGED, Inventory.FILE, shown(Inventory.FILE), how);
  }

  private void wanted(String path, @Nullable String generated) {
    if (!state.files().contains(path)) {
      created.add(path);
      return;
    }
    byte[] there = bytes(path);
    String hash = Inventory.hash(there);
    hashes.put(path, hash);
    if (hash.equals(target.hashes().get(path))) {
      unchanged.add(path);
    } else if (generated == null) {
      add(InputCode.FOREIGN_OUTPUT, path, "A file", shown(path));
    } else {
      if (hash.equals(generated)) {
        changed.add(path);
      } else {
        edited(path, wanted.text(path).orElse(""));
      }
    }
  }

  private void noLongerWanted(String path, String generated) {
    if (wanted.paths().contains(path) || !state.files().contains(path)) {
      return;
    }
    if (isOfOthers(path)) {
      ofOthers.add(path);
      return;
    }
    byte[] there = bytes(path);
    String hash = Inventory.hash(there);
    hashes.put(path, hash);
    if (hash.equals(generated)) {
      stale.add(path);
    } else {
      edited(path, "");
    }
  }

  private boolean isOfOthers(String path) {
    return !wanted.paths().contains(path) && !part.test(path);
  }

  private void edited(String path, String text) {
    edited.add(path);
    String diff = TextDiff.of(path, there(path), text, EDIT_LINES);
    add(InputCode.EDITED_BY_HAND, path, diff);
  }

  /** Files of others stay; they only must not stand in the way, not even in another case. */
  private void foreign(Inventory inventory) {
    Map<String, String> folded = new HashMap<>();
    Set<String> folders = new TreeSet<>();
    for (String path : wanted.paths()) {
      folded.put(PortablePath.folded(path), path);
      for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
        folders.add(PortablePath.folded(path.substring(0, i)));
      }
    }
    for (String path : state.files()) {
      if (wanted.paths().contains(path)
          || inventory.hashes().containsKey(path)
          || path.equals(Inventory.FILE)) {
        continue;
      }
      foreign.add(path);
      String inTheWay = folded.get(PortablePath.folded(path));
      if (inTheWay != null) {
        add(InputCode.FOREIGN_OUTPUT, path, shown(path), shown(inTheWay));
      } else if (folders.contains(PortablePath.folded(path))) {
        add(InputCode.FOREIGN_OUTPUT, path, shown(path), "a folder");
      }
    }
    for (String path : state.folders()) {
      String inTheWay = folded.get(PortablePath.folded(path));
      if (inTheWay != null) {
        add(InputCode.FOREIGN_OUTPUT, path, "A folder", shown(inTheWay));
      }
    }
  }

  /** What stands in a file, for people to see the difference; the longest cut. */
  String there(String path) {
    return state.files().contains(path) ? text(bytes(path)) : "";
  }

  private byte[] bytes(String path) {
    try {
      return Disk.read(folder.resolve(path));
    } catch (IOException e) {
      throw Disk.failure("Cannot read", folder.resolve(path), e);
    }
  }

  private static String text(byte[] bytes) {
    int length = Math.min(bytes.length, LARGEST_SHOWN);
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private String shown(String path) {
    return shownFolder + "/" + path;
  }

  private void add(FindingCode code, String path, Object... args) {
    findings.add(code.at(Location.file(shown(path)), args));
  }
}
