// HeidelTime in one virtual machine: reads "name TAB date TAB text in base64" lines, writes "name TAB seconds TAB TimeML in base64".
// The seconds are those of the processor, of all threads of the machine, from the moment a text is handed over.
import com.sun.management.OperatingSystemMXBean;
import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.text.SimpleDateFormat;
import java.util.Base64;

public class OneMachine {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        HeidelTimeStandalone tagger = new HeidelTimeStandalone(
            Language.ENGLISH, DocumentType.NEWS, OutputType.TIMEML, arguments[0], POSTagger.TREETAGGER);
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        SimpleDateFormat format = new SimpleDateFormat("yyyy-MM-dd");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] parts = line.split("\t");
            String text = new String(Base64.getDecoder().decode(parts[2]), StandardCharsets.UTF_8);
            long began = system.getProcessCpuTime();
            String found = "";
            try {
                found = tagger.process(text, format.parse(parts[1]));
            } catch (Exception error) {
                System.err.println(parts[0] + ": " + error);
            }
            double seconds = (system.getProcessCpuTime() - began) / 1e9;
            String code = Base64.getEncoder().encodeToString(found.getBytes(StandardCharsets.UTF_8));
            out.println(parts[0] + "\t" + seconds + "\t" + code);
            out.flush();
        }
    }
}
