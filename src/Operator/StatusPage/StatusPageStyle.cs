namespace Operator.StatusPage;

/// <summary>How the page looks, in light and in dark.</summary>
internal static class StatusPageStyle
{
    public const string Css = """

        :root { color-scheme: light dark; --line: #d8dee6; --soft: #5f6b7c; --card: #ffffff; --back: #f3f5f8; --ink: #17202b; }
        @media (prefers-color-scheme: dark) { :root { --line: #2c3644; --soft: #93a1b3; --card: #18202a; --back: #10161d; --ink: #e6ebf1; } }
        body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        header { padding: 1.5rem 2rem .5rem; }
        h1 { margin: 0; font-size: 1.4rem; }
        header p { margin: 0; color: var(--soft); }
        header .overview { margin-top: .4rem; color: var(--ink); font-weight: 600; }
        main { padding: 0 2rem 2rem; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin-top: 1rem; padding: 1rem 1.25rem; }
        h2 { margin: 0 0 .5rem; font-size: 1.05rem; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; }
        th, td { padding: .4rem .9rem .4rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
        thead th { border-top: 0; color: var(--soft); font-weight: 500; font-size: .85rem; white-space: nowrap; }
        tbody th { font-weight: 600; }
        small { display: block; color: var(--soft); font-weight: 400; }
        td span { border-radius: 1rem; padding: .1rem .6rem; white-space: nowrap; font-size: .85rem; }
        .good { background: #d8f3e1; color: #0c5a2c; }
        .busy { background: #fdeecb; color: #6b4a00; }
        .bad { background: #fbdcdc; color: #8a1414; }
        .none { margin: 0; color: var(--soft); }
        .wide:focus-visible { outline: 2px solid var(--soft); outline-offset: 4px; }
        @media (max-width: 46rem) {
          header { padding: 1rem 1rem .25rem; }
          main { padding: 0 .75rem 1rem; }
          table, tbody, tr, tbody th, td { display: block; }
          thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          tr { padding: .5rem 0; border-top: 1px solid var(--line); }
          tbody tr:first-child { border-top: 0; }
          tbody th, td { border: 0; padding: .15rem 0; }
          td { display: grid; grid-template-columns: 10.5rem 1fr; overflow-wrap: anywhere; }
          td span { justify-self: start; }
          td::before { content: attr(data-title); color: var(--soft); }
        }

        """;
}
