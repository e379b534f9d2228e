import java.nio.file.Path;
import java.nio.file.Paths;
import org.libdam.Document;
import org.libdam.DocumentArray;
import org.libdam.WriteOption;

/** Quickstart DIRECTORY: writes three birds into an array and reads one back. */
public class Quickstart {
  public static void main(String[] arguments) {
    Path directory = Paths.get(arguments[0]);
    try (DocumentArray array = DocumentArray.open(directory)) { // made when it is absent
      for (String bird : new String[] {
          "{\"id\":\"robin\",\"text\":\"sings\"}",
          "{\"id\":\"wren\",\"tags\":{\"grams\":9}}",
          "{\"id\":\"owl\",\"text\":\"hoots\"}"}) {
        array.append(Document.fromJson(bird), WriteOption.UPSERT); // one commit
      }
      array.sync(); // from here on they survive a power loss
      System.out.println(array.count() + " birds");
      array.get("wren").ifPresent(wren -> System.out.println(wren.toJson()));
    }
  }
}
