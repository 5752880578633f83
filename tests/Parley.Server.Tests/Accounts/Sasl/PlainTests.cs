using Parley.Server.Accounts.Sasl;
using static Parley.Server.Tests.Accounts.TestAccounts;

namespace Parley.Server.Tests.Accounts.Sasl;

/// <summary>https://www.rfc-editor.org/rfc/rfc4616</summary>
public sealed class PlainTests
{
    private const string Wrong = "no The name or the password is wrong";
    private const string Malformed = "no PLAIN wants a name and a password";

    [Theory]
    [InlineData("\0Ann\0correct horse")]
    [InlineData("\0aNN\0correct horse")]
    [InlineData("ann\0Ann\0correct horse")]
    public async Task Who_knows_the_password_is_in_under_the_name_as_it_was_registered(string message)
        => Assert.Equal("ok Ann", await (await WithAnnAsync()).PlainAsync(message));

    [Theory]
    [InlineData("\0Ann\0correct horsf", Wrong)]
    [InlineData("\0Ann\0correct horse ", Wrong)]
    [InlineData("\0Bob\0correct horse", Wrong)]
    [InlineData("\0no name\0correct horse", Wrong)]
    [InlineData("Bob\0Ann\0correct horse", "no Nobody can log in as somebody else: leave the authorization identity empty")]
    [InlineData("", Malformed)]
    [InlineData("Ann", Malformed)]
    [InlineData("Ann\0correct horse", Malformed)]
    [InlineData("\0Ann\0", Malformed)]
    [InlineData("\0\0correct horse", Malformed)]
    [InlineData("\0Ann\0correct horse\0", Malformed)]
    public async Task Everything_else_fails(string message, string answer)
        => Assert.Equal(answer, await (await WithAnnAsync()).PlainAsync(message));

    [Fact]
    public async Task What_is_not_UTF_8_fails()
    {
        var accounts = await WithAnnAsync();
        var step = await accounts.Begin("PLAIN").NextAsync(System.Text.Encoding.Latin1.GetBytes("\0Ann\0correct hörse"), TestContext.Current.CancellationToken);
        Assert.Equal(new SaslStep.Failed("PLAIN wants a name and a password"), step);
    }

    [Fact]
    public async Task Attempts_are_limited_and_the_right_password_does_not_help()
    {
        var accounts = await WithAnnAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Wrong, await accounts.PlainAsync("\0Ann\0wrong"));
        }

        Assert.Equal("no Too many attempts to log in (at most 3 a minute), try again in a minute", await accounts.PlainAsync("\0Ann\0correct horse"));
        accounts.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("ok Ann", await accounts.PlainAsync("\0Ann\0correct horse"));
    }

    [Fact]
    public async Task Whoever_succeeds_may_come_back_at_once()
    {
        var accounts = await WithAnnAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("ok Ann", await accounts.PlainAsync("\0Ann\0correct horse"));
        }
    }
}
