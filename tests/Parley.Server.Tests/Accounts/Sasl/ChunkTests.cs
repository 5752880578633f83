using System.Text;
using Parley.Server.Accounts.Sasl;

namespace Parley.Server.Tests.Accounts.Sasl;

/// <summary>https://ircv3.net/specs/extensions/sasl-3.1, "The AUTHENTICATE command", which is quoted in the tests.</summary>
public sealed class ChunkTests
{
    /// <summary>"The response is encoded in Base64 (RFC 4648), then split to 400-byte chunks, and each chunk is sent as a separate AUTHENTICATE command."</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(297)]
    [InlineData(301)]
    [InlineData(597)]
    [InlineData(601)]
    [InlineData(2000)]
    public void A_message_goes_in_chunks_of_400_and_a_last_one_that_is_shorter(int bytes)
    {
        var message = Message(bytes);
        var chunks = SaslChunks.Split(message).ToList();

        Assert.All(chunks.SkipLast(1), chunk => Assert.Equal(400, chunk.Length));
        Assert.InRange(chunks[^1].Length, 1, 399);
        Assert.Equal(message, Convert.FromBase64String(string.Concat(chunks)));
    }

    /// <summary>"Empty (zero-length) responses are sent as AUTHENTICATE +."</summary>
    [Fact]
    public void An_empty_message_is_a_plus()
    {
        Assert.Equal(["+"], SaslChunks.Split(default));

        var chunks = new SaslChunks();
        Assert.Equal(SaslChunkResult.Complete, chunks.Add("+"u8, out var message));
        Assert.True(message.IsEmpty);
    }

    /// <summary>"If the last chunk was exactly 400 bytes long, it must also be followed by AUTHENTICATE + to signal end of response."</summary>
    [Theory]
    [InlineData(300, 1)]
    [InlineData(298, 1)]
    [InlineData(600, 2)]
    public void A_last_chunk_of_400_is_followed_by_a_plus(int bytes, int full)
    {
        var message = Message(bytes);
        var sent = SaslChunks.Split(message).ToList();

        Assert.Equal([.. Enumerable.Repeat(400, full), 1], sent.Select(chunk => chunk.Length));
        Assert.Equal("+", sent[^1]);

        var chunks = new SaslChunks();
        Assert.All(sent.SkipLast(1), chunk => Assert.Equal(SaslChunkResult.More, chunks.Add(Encoding.ASCII.GetBytes(chunk), out _)));
        Assert.Equal(SaslChunkResult.Complete, chunks.Add("+"u8, out var read));
        Assert.Equal(message, read.ToArray());
    }

    [Fact]
    public void Every_length_goes_there_and_back_one_after_another_in_the_same_collection()
    {
        var chunks = new SaslChunks();
        for (var bytes = 0; bytes <= 1000; bytes++)
        {
            var sent = SaslChunks.Split(Message(bytes)).ToList();
            foreach (var chunk in sent.SkipLast(1))
            {
                Assert.Equal(SaslChunkResult.More, chunks.Add(Encoding.ASCII.GetBytes(chunk), out _));
            }

            Assert.Equal(SaslChunkResult.Complete, chunks.Add(Encoding.ASCII.GetBytes(sent[^1]), out var read));
            Assert.Equal(Message(bytes), read.ToArray());
        }
    }

    /// <summary>"905 aka ERR_SASLTOOLONG is sent when ... the client-sent AUTHENTICATE command was too long (i.e. the parameter longer than 400 bytes)."</summary>
    [Fact]
    public void A_longer_parameter_is_too_long_and_what_came_before_is_forgotten()
    {
        var chunks = new SaslChunks();
        Assert.Equal(SaslChunkResult.More, chunks.Add(Letters(400), out _));
        Assert.Equal(SaslChunkResult.TooLong, chunks.Add(Letters(401), out _));
        AssertIsEmpty(chunks);
    }

    /// <summary>"The server MAY place a limit on the total length of a response."</summary>
    [Fact]
    public void All_together_have_at_most_8_KiB()
    {
        var chunks = new SaslChunks();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(SaslChunkResult.More, chunks.Add(Letters(400), out _));
        }

        Assert.Equal(SaslChunkResult.TooLong, chunks.Add(Letters(196), out _));
        AssertIsEmpty(chunks);

        var small = new SaslChunks(maxBytes: 800);
        Assert.Equal(SaslChunkResult.More, small.Add(Letters(400), out _));
        Assert.Equal(SaslChunkResult.More, small.Add(Letters(400), out _));
        Assert.Equal(SaslChunkResult.Complete, small.Add("+"u8, out var message));
        Assert.Equal(600, message.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("AAA")]
    [InlineData("A A=")]
    [InlineData("AA\n==")]
    [InlineData("AAA=AAAA")]
    [InlineData("AA_-")]
    [InlineData("ÄÄÄÄ")]
    public void What_is_not_base64_is_malformed_and_forgotten(string parameter)
    {
        var chunks = new SaslChunks();
        Assert.Equal(SaslChunkResult.Malformed, chunks.Add(Encoding.UTF8.GetBytes(parameter), out _));
        AssertIsEmpty(chunks);
    }

    private static void AssertIsEmpty(SaslChunks chunks)
    {
        Assert.Equal(SaslChunkResult.Complete, chunks.Add("YQ=="u8, out var message));
        Assert.Equal("a"u8.ToArray(), message.ToArray());
    }

    private static byte[] Message(int bytes) => [.. Enumerable.Range(0, bytes).Select(value => (byte)value)];

    private static byte[] Letters(int count) => [.. Enumerable.Repeat((byte)'A', count)];
}
