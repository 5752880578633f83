using Parley.Core.Names;
using Parley.Core.Tokens;

namespace Parley.Core.Tests.Tokens;

public sealed class TokenScopesTests
{
    [Theory]
    [InlineData("post:main", true, false)]
    [InlineData("post:MAIN post:rust", true, true)]
    [InlineData("post:*", true, true)]
    [InlineData("status", false, false)]
    [InlineData("", false, false)]
    public void A_token_may_post_to_the_rooms_that_it_names(string text, bool toMain, bool toRust)
    {
        Assert.True(TokenScopes.TryParse(text, out var scopes));
        Assert.Equal((toMain, toRust), (scopes.MayPostTo(Room("main")), scopes.MayPostTo(Room("rust"))));
    }

    [Theory]
    [InlineData("post:")]
    [InlineData("post:a b")]
    [InlineData("post")]
    [InlineData("admin")]
    [InlineData("as:*")]
    [InlineData("Status")]
    public void Other_words_are_no_scopes(string text) => Assert.False(TokenScopes.TryParse(text, out _));

    [Fact]
    public void A_secret_has_256_random_bits_behind_its_prefix_and_no_two_are_the_same()
    {
        string[] secrets = [.. Enumerable.Range(0, 100).Select(_ => TokenSecret.Generate())];
        Assert.All(secrets, secret => Assert.Matches("^parley_[A-Za-z0-9_-]{43}$", secret));
        Assert.Equal(100, secrets.Distinct().Count());
        Assert.Equal(32, TokenSecret.Hash(secrets[0]).Length);
    }

    private static RoomName Room(string name) => RoomName.TryParse(name, out var room) ? room : throw new ArgumentException(name, nameof(name));
}
