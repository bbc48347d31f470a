using LocalControlPlane.Tables;

namespace LocalControlPlane.Tests.Tables;

public class HumanAgeTests
{
    [Theory]
    [InlineData("-00:00:05", "<invalid>")]
    [InlineData("-00:00:00.5", "0s")]
    [InlineData("00:00:00", "0s")]
    [InlineData("00:01:59", "119s")]
    [InlineData("00:02:00", "2m")]
    [InlineData("00:03:12", "3m12s")]
    [InlineData("00:09:59", "9m59s")]
    [InlineData("00:10:30", "10m")]
    [InlineData("02:59:59", "179m")]
    [InlineData("03:00:00", "3h")]
    [InlineData("05:07:00", "5h7m")]
    [InlineData("08:30:00", "8h")]
    [InlineData("1.23:59:00", "47h")]
    [InlineData("2.03:00:00", "2d3h")]
    [InlineData("3.00:30:00", "3d")]
    [InlineData("8.05:00:00", "8d")]
    [InlineData("729.00:00:00", "729d")]
    [InlineData("750.00:00:00", "2y20d")]
    [InlineData("3650.00:00:00", "10y")]
    public void Is_as_short_as_kubectls_users_know_it(string age, string expected) =>
        Assert.Equal(expected, HumanAge.Of(TimeSpan.Parse(age, System.Globalization.CultureInfo.InvariantCulture)));
}
