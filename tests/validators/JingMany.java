import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.SchemaReader;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.ValidationDriver;
import com.thaiopensource.validate.prop.rng.RngProperty;
import com.thaiopensource.validate.rng.CompactSchemaReader;
import com.thaiopensource.xml.sax.ErrorHandlerImpl;
import java.io.IOException;
import java.io.PrintWriter;
import org.xml.sax.SAXException;

/**
 * Runs jing over many files in one Java machine; its own command stops at the first file that is not well-formed.
 * First argument: the schema (.rnc: compact form). "checked PATH" follows what it says of each file.
 */
public class JingMany {
  public static void main(String[] arguments) throws Exception {
    PrintWriter out = new PrintWriter(System.out, true);
    PropertyMapBuilder properties = new PropertyMapBuilder();
    properties.put(ValidateProperty.ERROR_HANDLER, new ErrorHandlerImpl(out));
    RngProperty.CHECK_ID_IDREF.add(properties);  // as the command does
    SchemaReader form = arguments[0].endsWith(".rnc") ? CompactSchemaReader.getInstance() : null;
    ValidationDriver driver = new ValidationDriver(properties.toPropertyMap(), form);
    if (!driver.loadSchema(ValidationDriver.uriOrFileInputSource(arguments[0]))) {
      System.exit(1);
    }
    for (int i = 1; i < arguments.length; ++i) {
      try {
        driver.validate(ValidationDriver.uriOrFileInputSource(arguments[i]));
      } catch (SAXException | IOException fault) {
        out.println("fatal: " + fault.getMessage());
      }
      out.println("checked " + arguments[i]);
    }
  }
}
