/* The order decides which rule wins: what is special after what is general, paper last. */
import "./theme.css";
import "./shell.css";
import "./choosing.css";
import "./table.css";
import "./compare.css";
import "./charts.css";
import "./result.css";
import "./home.css";
import "./forms.css";
import "./admin.css";
import "./texts.css";
import "./print.css";
