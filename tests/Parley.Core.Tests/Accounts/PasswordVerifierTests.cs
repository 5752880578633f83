using Parley.Core.Accounts;

namespace Parley.Core.Tests.Accounts;

public sealed class PasswordVerifierTests
{
    private const int Few = PasswordVerifier.MinIterations;

    [Fact]
    public void A_password_matches_its_verifier_and_no_other_does()
    {
        var verifier = PasswordVerifier.Create("correct horse", Few);

        Assert.True(verifier.Matches("correct horse"));
        Assert.False(verifier.Matches("correct hors"));
        Assert.False(verifier.Matches("Correct horse"));
        Assert.False(verifier.Matches(""));
    }

    [Fact]
    public void The_same_password_has_another_verifier_each_time()
        => Assert.NotEqual(PasswordVerifier.Create("correct horse", Few).ToString(), PasswordVerifier.Create("correct horse", Few).ToString());

    [Fact]
    public void The_example_of_RFC_7677_has_these_keys()
    {
        // StoredKey and ServerKey as they follow from the proof and the signature in section 3.
        var verifier = PasswordVerifier.Derive("pencil", Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);

        Assert.Equal(
            "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
            verifier.ToString());
    }

    [Fact]
    public void A_verifier_is_read_back_from_its_text()
    {
        var verifier = PasswordVerifier.Create("correct horse", Few);

        Assert.True(PasswordVerifier.TryParse(verifier.ToString(), out var read));
        Assert.Equal(verifier.ToString(), read.ToString());
        Assert.True(read.Matches("correct horse"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-1$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$0:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$4096:?$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    public void Other_text_is_no_verifier(string text) => Assert.False(PasswordVerifier.TryParse(text, out _));

    [Fact]
    public void A_fake_looks_like_any_other_is_always_the_same_and_depends_on_the_secret()
    {
        byte[] secret = [1, 2, 3];
        var fake = PasswordVerifier.Fake("ann", secret, Few, Few);
        var real = PasswordVerifier.Create("correct horse", Few);

        Assert.Equal(real.Salt.Length, fake.Salt.Length);
        Assert.Equal(real.Iterations, fake.Iterations);
        Assert.Equal(fake.ToString(), PasswordVerifier.Fake("ann", secret, Few, Few).ToString());
        Assert.NotEqual(fake.Salt.ToArray(), PasswordVerifier.Fake("bob", secret, Few, Few).Salt.ToArray());
        Assert.NotEqual(fake.Salt.ToArray(), PasswordVerifier.Fake("ann", [1, 2, 4], Few, Few).Salt.ToArray());
    }
}
