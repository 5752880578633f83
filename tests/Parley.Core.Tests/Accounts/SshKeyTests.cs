using Parley.Core.Accounts;

namespace Parley.Core.Tests.Accounts;

public sealed class SshKeyTests
{
    // Made by ssh-keygen of OpenSSH 9.2, whose -l printed the fingerprints; the private halves are gone.
    private const string Ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBYDaBBg1Fi72B6GIJfdvmzDm/5LyOIdJlsVGkm1sBni";
    private const string Ed25519Fingerprint = "SHA256:TRmaH4crAiZt6p5l3oZOYsmJgnXPdJSv3/yTq1SLdXU";
    private const string Ecdsa = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBHSHkS1Q9ftoKwSHNxKakOFOqqZiwZiWXB0LEiTKSibupl3xsGAF+7vtDZiSqIhO+zEkURnXTnqXcQq9WJN4JBs=";
    private const string EcdsaFingerprint = "SHA256:SMl79bdg2TPYAP/GeAA2dud6x3cQ+bJdnXsrDn8HqzU";
    private const string Rsa = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQDX7raBUkF22O3dv3mdfeWOIDJZDKx8WCPM/IjSDwHrRRw5+PCVwbMBI4lt1guzPsMKUHAhKyUP5bi0OjLKaOXMsadMG8YO7zjCrD4aKGO8JMNRXyBUc80wcXkp/RfPQSY2j3P9PZ4WpVHZB8koie+VT360NefALyAX/BoC1lUqCbKlAks1LrUmKA6OEWZwTYw9CBkGDszc8LsSUn7f5OTDL9Wh6ACgW+sm3YSnKO9HvZHUi1QZMNpccpHFC4hH3P5xdTWV7ULrNOjkN8MhHMF5rpP8MB7Qh+d1fGAxf+P/SvhqpEHu0Jpj5/461nCQSs4FrTHGGp/9iR+2oNc8yksq+GHpR35AAxm45PGJrKxoPEGgV36NSPCiyNoHnUnshywQYcympEpSoymuSAcG+DgijYHuFZvLcyXjP37PeeU5ibAt+qwhr0eHNvo+JUy4h1J7QRyAIC0Kj5FdIW72GhptLQp/KgLUlrYYvOr/Va4Xf5xpsB+2yKX5nNHQBL02JuM=";
    private const string RsaFingerprint = "SHA256:hQJfemlwmveayJc9SdO2Sfzz/mZJ6CusbQXjqRsgJ6w";

    [Theory]
    [InlineData(Ed25519, Ed25519Fingerprint)]
    [InlineData(Ecdsa, EcdsaFingerprint)]
    [InlineData(Rsa, RsaFingerprint)]
    public void Keys_have_the_fingerprints_that_ssh_keygen_prints(string text, string fingerprint)
    {
        Assert.True(SshKey.TryParse(text, out var key));
        Assert.Equal((fingerprint, ""), (key.Fingerprint, key.Comment));
    }

    [Theory]
    [InlineData(" ann@laptop", "ann@laptop")]
    [InlineData("  the key of my laptop \r\n", "the key of my laptop")]
    [InlineData(" a\u0007b\u001b[31m", "ab[31m")]
    [InlineData("\n", "")]
    public void A_comment_is_for_people_and_has_visible_characters(string end, string comment)
    {
        Assert.True(SshKey.TryParse(Ed25519 + end, out var key));
        Assert.Equal(comment, key.Comment);
    }

    [Fact]
    public void A_long_comment_is_cut()
    {
        Assert.True(SshKey.TryParse($"{Ed25519} {new string('c', 200)}", out var key));
        Assert.Equal(SshKey.MaxCommentLength, key.Comment.Length);
    }

    [Fact]
    public void Keys_are_the_same_whatever_their_comments_are()
    {
        Assert.True(SshKey.TryParse(Ed25519, out var key));
        Assert.True(SshKey.TryRestore(Ed25519Fingerprint, "at home", out var same));
        Assert.Equal(key, same);
        Assert.Equal(key.GetHashCode(), same.GetHashCode());
        Assert.Equal($"{Ed25519Fingerprint} at home", same.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-ed25519 AAAA")]
    [InlineData("ssh-ed25519 not base64")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----")]
    public void Other_texts_are_no_keys(string text) => Assert.False(SshKey.TryParse(text, out _));

    [Fact]
    public void A_key_is_of_the_type_that_it_says()
        => Assert.False(SshKey.TryParse(Ed25519.Replace("ssh-ed25519", "ssh-rsa", StringComparison.Ordinal), out _));

    [Fact]
    public void Options_before_a_key_are_refused() => Assert.False(SshKey.TryParse("no-pty " + Ed25519, out _));

    [Theory]
    [InlineData("")]
    [InlineData("SHA256:")]
    [InlineData("MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48")]
    [InlineData("SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Other_fingerprints_are_none(string text) => Assert.False(SshKey.TryRestore(text, "", out _));
}
