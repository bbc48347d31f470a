using KubectlSstp;

return await CommandTree.Create().Parse(args).InvokeAsync();
