/* The order decides which rule wins: paper last. */
import "./question.css";
import "./answer.css";
import "./ranking.css";
import "./further.css";
import "./print.css";
