using KubectlSstp;
using KubectlSstp.Output;

Screen.Adapt();
var parsed = CommandTree.Create().Parse(args);
return CommandLineMistakes.Tell(parsed, Console.Error) ? ExitCode.Failed : await parsed.InvokeAsync();
