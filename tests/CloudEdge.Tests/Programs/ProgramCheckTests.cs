using CloudEdge.Tests.Configuration;

namespace CloudEdge.Tests.Programs;

/// <summary>The check of programs finds what it is for.</summary>
public class ProgramCheckTests
{
    [Theory]
    [InlineData("hcloud:index/server:Server", "hcloud:index/server:Sever", "there is no type")]
    [InlineData("serverType:", "serverKind:", "there is no input serverKind")]
    [InlineData("serverType:", "serverKind:", "serverType is required")]
    [InlineData("type: \"spread\"", "type: \"pack\"", "is not among")]
    [InlineData("autoDelete: false", "autoDelete: \"no\"", "is not a boolean")]
    [InlineData("${subnet.id}", "${subnet.identity}", "subnet has no output identity")]
    [InlineData("${subnet.id}", "${subnets.id}", "names nothing")]
    [InlineData("base: 10", "base: ten", "is not a number")]
    [InlineData("return: \"result\"", "return: \"value\"", "does not return")]
    [InlineData("$$EDGE_ROLE", "$EDGE_ROLE", "a lone $")]
    [InlineData("std:index:parseint", "std:index:parsefloat", "there is no function")]
    public void A_program_with_a_fault_is_noticed(string right, string wrong, string told)
    {
        var program = Stacks.Program(Stacks.Least());
        Assert.Contains(right, program, StringComparison.Ordinal);

        var problems = new ProgramCheck(ProviderSchemas.Load()).Problems(program.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(problems, problem => problem.Contains(told, StringComparison.Ordinal));
    }
}
