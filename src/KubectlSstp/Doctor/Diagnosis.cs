using KubectlSstp.Doctor.Facts;
using Operator.Resources;

namespace KubectlSstp.Doctor;

/// <summary>From what was seen to what it means and what to do. Pure. In the order in which a person would look.</summary>
internal static class Diagnosis
{
    public static IReadOnlyList<Finding> Of(GatewayFacts facts) =>
    [
        .. ResourceDiagnosis.Of(facts),
        .. PublicationDiagnosis.Of(facts),
        .. NameDiagnosis.Of(facts),
        .. facts.Addresses.SelectMany(address => AddressDiagnosis.Of(facts, address)),
        .. OutsideDiagnosis.Of(facts),
        .. FailureDiagnosis.Of(facts),
    ];

    internal static Condition? Find(ResourceStatus? status, string type) =>
        status?.Conditions.FirstOrDefault(condition => condition.Type == type);
}
