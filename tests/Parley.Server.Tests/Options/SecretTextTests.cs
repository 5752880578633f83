using Parley.Server.Options;

namespace Parley.Server.Tests.Options;

public sealed class SecretTextTests
{
    [Theory]
    [InlineData("postgres://ann:sesame@host/chat", "postgres://ann:***@host/chat")]
    [InlineData("postgres://ann:a@b:c@host:5432/chat?sslmode=require", "postgres://ann:***@host:5432/chat?sslmode=require")]
    [InlineData("postgres://ann:@host/chat", "postgres://ann:***@host/chat")]
    [InlineData("postgres://ann@host:5432/chat", "postgres://ann@host:5432/chat")]
    [InlineData("https://host:8080/a@b", "https://host:8080/a@b")]
    [InlineData("127.0.0.1:42069", "127.0.0.1:42069")]
    [InlineData("", "")]
    public void An_address_is_shown_without_its_password(string value, string shown) => Assert.Equal(shown, SecretText.Shown(value));

    [Fact]
    public void Passwords_that_differ_are_a_change_that_shows_neither()
    {
        var change = Assert.Single(SettingsChange.Between(
            new ParleyOptions { Database = "postgres://ann:one@host/chat" }, new ParleyOptions { Database = "postgres://ann:two@host/chat" }));

        Assert.Equal(new SettingsChange("database", "postgres://ann:***@host/chat", "postgres://ann:***@host/chat", IsLive: false), change);
    }
}
