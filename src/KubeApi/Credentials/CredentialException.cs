namespace KubeApi.Credentials;

/// <summary>A credential, or the configuration that says where it is, cannot be used. The message says what to do.</summary>
public sealed class CredentialException(string message, Exception? inner = null) : Exception(message, inner);
