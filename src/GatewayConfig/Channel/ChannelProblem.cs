namespace GatewayConfig.Channel;

/// <summary>Why a request on the channel was not carried out.</summary>
/// <param name="Message">What is wrong and what to do, for a person.</param>
public sealed record ChannelProblem(string Message);
