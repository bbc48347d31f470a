using LocalControlPlane.Resources;

namespace LocalControlPlane.Kinds;

/// <summary>Which kinds have rules beyond their schema.</summary>
internal static class KindRules
{
    private static readonly Dictionary<(string ApiVersion, string Kind), IKindRules> ByKind = new()
    {
        [("v1", "Secret")] = new SecretRules(),
        [("v1", "ConfigMap")] = new ConfigMapRules(),
        [("v1", "Namespace")] = new NamespaceRules(),
        [("v1", "Event")] = new CoreEventRules(),
        [("events.k8s.io/v1", "Event")] = new EventRules(),
        [("apiextensions.k8s.io/v1", "CustomResourceDefinition")] = new DefinitionRules(),
    };

    public static IKindRules? For(ResourceType type) =>
        type.Custom is null ? ByKind.GetValueOrDefault((type.ApiVersion, type.Kind)) : null;
}
