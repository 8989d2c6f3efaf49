import "./question.css";
import "./answer.css";
import "./ranking.css";
import "./further.css";
