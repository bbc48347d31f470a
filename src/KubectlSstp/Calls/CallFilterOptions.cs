using System.CommandLine;
using Operator.Gateways.Desk;

namespace KubectlSstp.Calls;

/// <summary>Which calls are meant.</summary>
internal sealed class CallFilterOptions
{
    private readonly Option<string?> _user = new("--user") { Description = "Only calls of this user." };
    private readonly Option<string?> _gateway = new("--gateway") { Description = "Only calls on this gateway: its pod." };

    public void AddTo(Command command)
    {
        command.Options.Add(_user);
        command.Options.Add(_gateway);
    }

    public CallFilter Of(ParseResult parsed) => new(parsed.GetValue(_user), parsed.GetValue(_gateway));
}
