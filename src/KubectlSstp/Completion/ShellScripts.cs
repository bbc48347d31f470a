namespace KubectlSstp.Completion;

/// <summary>The scripts, one a shell. Each asks <c>kubectl-sstp __complete WORDS</c> and shows what comes.</summary>
internal static class ShellScripts
{
    private const string Bash =
        """
        # bash: source <(kubectl-sstp completion bash)
        _kubectl_sstp() {
          local answer
          mapfile -t answer < <(kubectl-sstp __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
          local directive=${answer[-1]#:}
          COMPREPLY=()
          local line
          for line in "${answer[@]}"; do
            [[ $line == :* ]] || COMPREPLY+=("${line%%$'\t'*}")
          done
          if [[ $directive == 0 && ${#COMPREPLY[@]} -eq 0 ]]; then
            mapfile -t COMPREPLY < <(compgen -f -- "${COMP_WORDS[COMP_CWORD]}")
          fi
        }
        complete -F _kubectl_sstp kubectl-sstp

        """;

    private const string Zsh =
        """
        #compdef kubectl-sstp
        # zsh: source <(kubectl-sstp completion zsh)
        _kubectl_sstp() {
          local -a answer shown
          local line directive=4
          answer=("${(@f)$(kubectl-sstp __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
          for line in $answer; do
            if [[ $line == :* ]]; then directive=${line#:}
            elif [[ $line == *$'\t'* ]]; then shown+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
            else shown+=("${line//:/\\:}")
            fi
          done
          if (( $#shown )); then _describe kubectl-sstp shown; fi
          if [[ $directive == 0 ]]; then _files; fi
        }
        if (( $+functions[compdef] )); then compdef _kubectl_sstp kubectl-sstp; fi

        """;

    private const string Fish =
        """
        # fish: kubectl-sstp completion fish | source
        function __kubectl_sstp
            set -l words (commandline -opc) (commandline -ct)
            kubectl-sstp __complete -- $words[2..-1] 2>/dev/null | string match -v -r '^:'
        end
        complete -c kubectl-sstp -f -a '(__kubectl_sstp)'
        complete -c kubectl-sstp -n '__fish_seen_subcommand_from lint' -F

        """;

    private const string Kubectl =
        """
        #!/bin/sh
        # kubectl asks a plug-in's words here: keep it as kubectl_complete-sstp on the PATH, executable. For kubectl 1.26 and later.
        exec kubectl-sstp __complete -- "$@"

        """;

    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "kubectl" => Kubectl,
        _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "no such shell"),
    };
}
