import { Container, Nav, Navbar } from "react-bootstrap";
import { Link, NavLink, Outlet, ScrollRestoration, useNavigation } from "react-router";

import { AdminLink } from "../features/admin/AdminLink";
import { LoginNotice } from "../features/users/LoginNotice";
import { SubmitMenu } from "../features/users/SubmitMenu";
import { UserMenu } from "../features/users/UserMenu";
import icon from "../icon.svg";
import { paths } from "../paths";
import { Complaints } from "./Complaints";
import { Footer } from "./Footer";
import { ThemeSwitch } from "./ThemeSwitch";

/** What surrounds every page. */
export function Shell() {
  const waiting = useNavigation().state !== "idle";
  return (
    <>
      <a className="visually-hidden-focusable skip-link" href="#content">
        Skip to the content
      </a>
      <Navbar as="header" role="banner" expand="lg" className="shell-bar" collapseOnSelect>
        <Container fluid="xxl">
          <Navbar.Brand as={Link} to={paths.home}>
            <img src={icon} width="24" height="24" alt="" /> EOSC Performance
          </Navbar.Brand>
          <Navbar.Toggle aria-controls="menu" />
          <Navbar.Collapse id="menu">
            <Nav as="nav" className="me-auto" aria-label="Main">
              <Nav.Link as={NavLink} to={paths.find} eventKey="find">
                Find
              </Nav.Link>
              <Nav.Link as={NavLink} to={paths.results} eventKey="results">
                Results
              </Nav.Link>
              <Nav.Link as={NavLink} to={paths.benchmarks} eventKey="benchmarks">
                Benchmarks
              </Nav.Link>
              <Nav.Link as={NavLink} to={paths.sites} eventKey="sites">
                Sites
              </Nav.Link>
              <Nav.Link as={NavLink} to={paths.instructions} eventKey="instructions">
                Instructions
              </Nav.Link>
              <SubmitMenu />
              <AdminLink />
            </Nav>
            <Nav>
              <ThemeSwitch />
              <UserMenu />
            </Nav>
          </Navbar.Collapse>
        </Container>
        {waiting && <progress className="progress-line" aria-label="Loading the page" />}
      </Navbar>
      <Container as="main" fluid="xxl" id="content" tabIndex={-1}>
        <LoginNotice />
        <Outlet />
      </Container>
      <Footer />
      <Complaints />
      <ScrollRestoration />
    </>
  );
}
