import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.util.DefaultReportImpl;
import java.io.File;

/**
 * Runs EPUBCheck over many files in one Java machine, whose start costs more than a file.
 * A line a file on standard output: fatal errors, errors, warnings, path. What it says goes to standard error.
 */
public class EpubCheckMany {
  public static void main(String[] files) {
    for (String file : files) {
      DefaultReportImpl report = new DefaultReportImpl(file);
      new EpubCheck(new File(file), report).check();
      System.out.println("checked " + report.getFatalErrorCount() + " " + report.getErrorCount() + " "
          + report.getWarningCount() + " " + file);
    }
  }
}
