using System.Buffers;
using System.Net;
using System.Text;
using Parley.Server.Tests.Support;
using Parley.Server.Transport.Proxy;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Tests.Transport.Proxy;

public sealed class ProxyHeaderParserTests
{
    private const byte TcpOver4 = 0x11;
    private const byte TcpOver6 = 0x21;

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 56324 6697\r\n", "192.0.2.7:56324", "198.51.100.1:6697")]
    [InlineData("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", "255.255.255.255:65535", "255.255.255.255:65535")]
    [InlineData("PROXY TCP6 2001:db8::7 2001:db8::1 0 6697\r\n", "[2001:db8::7]:0", "[2001:db8::1]:6697")]
    [InlineData("PROXY TCP6 ::ffff:192.0.2.7 2001:DB8::1 1 6697\r\n", "[::ffff:192.0.2.7]:1", "[2001:db8::1]:6697")]
    [InlineData("PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n", "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535", "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535")]
    [InlineData("PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n", null, null)]
    [InlineData("PROXY UNKNOWN whatever\0this is\r\n", null, null)]
    public void Version_1_is_a_line_of_text(string line, string? source, string? destination)
        => AssertHeader(Encoding.Latin1.GetBytes(line), new ProxyHeader(At(source), At(destination)));

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x11)]
    [InlineData(0x32)]
    [InlineData(0x33)]
    [InlineData(0xff)]
    public void Of_a_proxy_that_connects_for_itself_the_family_and_all_that_follows_is_passed_over(byte family)
    {
        AssertHeader(ProxyBytes.V2(ProxyBytes.Local, family), new ProxyHeader(IsForItself: true));
        AssertHeader(ProxyBytes.V2(ProxyBytes.Local, family, [0xff, 0xff, 0xff]), new ProxyHeader(IsForItself: true));
    }

    [Fact]
    public void A_proxy_that_connects_for_itself_says_so_in_version_1_by_saying_nothing_else()
        => AssertHeader("PROXY UNKNOWN\r\n"u8.ToArray(), new ProxyHeader(IsForItself: true));

    [Theory]
    [InlineData("NICK ann\r\n")]
    [InlineData("PROXYTCP4 192.0.2.7 198.51.100.1 1 2\r\n")]
    [InlineData("proxy TCP4 192.0.2.7 198.51.100.1 1 2\r\n")]
    [InlineData("PROXY TCP5 192.0.2.7 198.51.100.1 1 2\r\n")]
    [InlineData("PROXY TCP4 2001:db8::7 2001:db8::1 1 2\r\n")]
    [InlineData("PROXY TCP6 192.0.2.7 198.51.100.1 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 1\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 1 2 3\r\n")]
    [InlineData("PROXY TCP4  192.0.2.7 198.51.100.1 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 1 65536\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 01 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 -1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.07 198.51.100.1 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.519 198.51.100.1 1 2\r\n")]
    [InlineData("PROXY TCP6 fe80::1%eth0 2001:db8::1 1 2\r\n")]
    [InlineData("PROXY TCP6 [2001:db8::7] 2001:db8::1 1 2\r\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 1 2\n")]
    [InlineData("PROXY TCP4 192.0.2.7 198.51.100.1 1 2\rx")]
    [InlineData("PROXY UNKNOWNS\r\n")]
    [InlineData("PROXY \r\n")]
    [InlineData("\r\n\r\n\0\r\nQUIX\n\x21\x11\0\0")]
    public void What_is_no_header_is_told_apart(string bytes) => AssertInvalid(Encoding.Latin1.GetBytes(bytes));

    [Fact]
    public void A_line_that_does_not_end_within_107_bytes_is_no_header()
    {
        AssertHeader(Encoding.ASCII.GetBytes("PROXY UNKNOWN " + new string('x', 91) + "\r\n"), new ProxyHeader());
        AssertInvalid(Encoding.ASCII.GetBytes("PROXY UNKNOWN " + new string('x', 92) + "\r\n"));
        AssertInvalid(Encoding.ASCII.GetBytes("PROXY UNKNOWN " + new string('x', 200)));
    }

    [Fact]
    public void Version_2_has_addresses_in_binary()
    {
        AssertHeader(
            ProxyBytes.V2(ProxyBytes.Proxy, TcpOver4, ProxyBytes.Addresses("192.0.2.7", "198.51.100.1")),
            new ProxyHeader(At("192.0.2.7:40000"), At("198.51.100.1:6697")));
        AssertHeader(
            ProxyBytes.V2(ProxyBytes.Proxy, TcpOver6, ProxyBytes.Addresses("2001:db8::7", "2001:db8::1")),
            new ProxyHeader(At("[2001:db8::7]:40000"), At("[2001:db8::1]:6697")));
    }

    [Theory]
    [InlineData(ProxyBytes.Proxy, 0x00, 0)]
    [InlineData(ProxyBytes.Proxy, 0x12, 12)]
    [InlineData(ProxyBytes.Proxy, 0x22, 36)]
    [InlineData(ProxyBytes.Proxy, 0x31, 216)]
    [InlineData(ProxyBytes.Proxy, 0x32, 216)]
    public void A_proxy_that_speaks_for_nobody_with_an_address_says_so(byte command, byte family, int blockBytes)
        => AssertHeader(ProxyBytes.V2(command, family, new byte[blockBytes]), new ProxyHeader());

    [Theory]
    [InlineData(0x11, 0x11, 12)]
    [InlineData(0x22, 0x11, 12)]
    [InlineData(ProxyBytes.Proxy, 0x41, 12)]
    [InlineData(ProxyBytes.Proxy, 0x13, 12)]
    [InlineData(ProxyBytes.Proxy, 0x11, 11)]
    [InlineData(ProxyBytes.Proxy, 0x21, 35)]
    [InlineData(ProxyBytes.Proxy, 0x31, 215)]
    [InlineData(ProxyBytes.Proxy, 0x11, 14)]
    [InlineData(ProxyBytes.Proxy, 0x11, 4081)]
    public void A_block_that_cannot_be_is_no_header(byte command, byte family, int blockBytes)
    {
        var block = new byte[blockBytes];
        Array.Fill(block, (byte)0xFF);
        AssertInvalid(ProxyBytes.V2(command, family, block));
    }

    [Fact]
    public void Values_that_are_not_known_are_stepped_over()
        => AssertHeader(
            ProxyBytes.V2(
                ProxyBytes.Proxy,
                TcpOver4,
                ProxyBytes.Addresses("192.0.2.7", "198.51.100.1"),
                ProxyBytes.Value(0x01, "irc"u8.ToArray()),
                ProxyBytes.Value(0x04),
                ProxyBytes.Value(0xEA, new byte[300]),
                ProxyBytes.Value(0x30, "netns"u8.ToArray())),
            new ProxyHeader(At("192.0.2.7:40000"), At("198.51.100.1:6697")));

    [Theory]
    [InlineData(0x01, "TLSv1.3", "TLS_AES_256_GCM_SHA384", "TLSv1.3", "TLS_AES_256_GCM_SHA384")]
    [InlineData(0x07, "TLSv1.3", "", "TLSv1.3", "")]
    [InlineData(0x01, "TLS\r\nv1", "a b", "TLS??v1", "a?b")]
    public void The_proxy_tells_how_its_client_has_encrypted(byte client, string version, string cipher, string shownVersion, string shownCipher)
        => AssertHeader(
            ProxyBytes.V2(
                ProxyBytes.Proxy,
                TcpOver4,
                ProxyBytes.Addresses("192.0.2.7", "198.51.100.1"),
                ProxyBytes.Tls(client, ProxyBytes.Value(0x21, Encoding.Latin1.GetBytes(version)), ProxyBytes.Value(0x22, "ann"u8.ToArray()), ProxyBytes.Value(0x23, Encoding.Latin1.GetBytes(cipher)))),
            new ProxyHeader(At("192.0.2.7:40000"), At("198.51.100.1:6697"), new TlsSession(shownVersion, shownCipher)));

    [Fact]
    public void A_client_that_has_not_encrypted_is_no_encrypted_one_and_half_a_value_is_no_value()
    {
        var addresses = ProxyBytes.Addresses("192.0.2.7", "198.51.100.1");
        AssertHeader(
            ProxyBytes.V2(ProxyBytes.Proxy, TcpOver4, addresses, ProxyBytes.Tls(0)),
            new ProxyHeader(At("192.0.2.7:40000"), At("198.51.100.1:6697")));
        AssertInvalid(ProxyBytes.V2(ProxyBytes.Proxy, TcpOver4, addresses, ProxyBytes.Value(0x20, 1, 0, 0, 0)));
        AssertInvalid(ProxyBytes.V2(ProxyBytes.Proxy, TcpOver4, addresses, ProxyBytes.Tls(1, [0x21, 0, 9, 1])));
        AssertInvalid(ProxyBytes.V2(ProxyBytes.Proxy, TcpOver4, addresses, [1, 0]));
    }

    [Fact]
    public void A_checksum_has_to_be_that_of_the_header()
    {
        Assert.Equal(0xE3069283, ProxyBytes.Crc32C("123456789"u8));
        var header = ProxyBytes.WithChecksum(ProxyBytes.V2(ProxyBytes.Proxy, TcpOver4, ProxyBytes.Addresses("192.0.2.7", "198.51.100.1")));
        AssertHeader(header, new ProxyHeader(At("192.0.2.7:40000"), At("198.51.100.1:6697")));
        header[16]++;
        AssertInvalid(header);
        AssertInvalid(ProxyBytes.V2(ProxyBytes.Proxy, TcpOver4, ProxyBytes.Addresses("192.0.2.7", "198.51.100.1"), ProxyBytes.Value(3, 1, 2)));
    }

    /// <summary>Bytes flipped, cut out and doubled: whatever comes, there is one answer, and it does not depend on how it came.</summary>
    [Fact]
    public void Damaged_headers_have_one_answer_each_however_they_are_split()
    {
        byte[][] good =
        [
            ProxyBytes.V1("192.0.2.7", "198.51.100.1"),
            ProxyBytes.V1("2001:db8::7", "2001:db8::1"),
            ProxyBytes.V2(ProxyBytes.Proxy, TcpOver4, ProxyBytes.Addresses("192.0.2.7", "198.51.100.1"), ProxyBytes.Value(1, 1, 2, 3)),
            ProxyBytes.V2(ProxyBytes.Proxy, TcpOver6, ProxyBytes.Addresses("2001:db8::7", "2001:db8::1"), ProxyBytes.Tls(1, ProxyBytes.Value(0x21, 65))),
            ProxyBytes.WithChecksum(ProxyBytes.V2(ProxyBytes.Local, 0)),
        ];
        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            var bytes = good[random.Next(good.Length)].ToList();
            for (var damage = random.Next(4); damage > 0; damage--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(3))
                {
                    case 0:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        bytes.RemoveRange(at, random.Next(Math.Min(5, bytes.Count - at)));
                        break;
                    default:
                        bytes.InsertRange(at, bytes.GetRange(at, random.Next(Math.Min(5, bytes.Count - at))));
                        break;
                }

                bytes.Add((byte)random.Next(256));
            }

            Read([.. bytes], out _);
        }
    }

    private static void AssertHeader(byte[] bytes, ProxyHeader expected)
    {
        var length = Read([.. bytes, .. "NICK ann\r\n"u8], out var header);
        Assert.Equal(expected, header);
        Assert.Equal(bytes.Length, length);
    }

    private static void AssertInvalid(byte[] bytes)
    {
        Read([.. bytes, .. new byte[5000]], out var header);
        Assert.Null(header);
    }

    /// <summary>
    /// Shows the parser as much as has come, from one byte to all, in one piece and in two. It says nothing until it says
    /// something, and sticks to that: so no way of splitting the bytes gives another answer.
    /// </summary>
    private static int Read(byte[] bytes, out ProxyHeader? header)
    {
        (ProxyHeaderStatus Status, ProxyHeader? Header, long Length) said = (ProxyHeaderStatus.Incomplete, null, 0);
        for (var length = 0; length <= bytes.Length; length++)
        {
            foreach (var sequence in new[] { new ReadOnlySequence<byte>(bytes, 0, length), InTwo(bytes, length / 2, length) })
            {
                var buffer = sequence;
                var status = ProxyHeaderParser.TryRead(ref buffer, out var read);
                var now = (status, read, length - buffer.Length);
                if (said.Status == ProxyHeaderStatus.Incomplete)
                {
                    said = now;
                }

                Assert.Equal(said, now);
            }
        }

        header = said.Header;
        Assert.Equal(said.Status == ProxyHeaderStatus.Complete, header is not null);
        return (int)said.Length;
    }

    private static ReadOnlySequence<byte> InTwo(byte[] bytes, int cut, int length)
    {
        var first = new Segment(bytes.AsMemory(0, cut), null);
        var second = new Segment(bytes.AsMemory(cut, length - cut), first);
        return new ReadOnlySequence<byte>(first, 0, second, length - cut);
    }

    private static IPEndPoint? At(string? address) => address is null ? null : IPEndPoint.Parse(address);

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            if (before is not null)
            {
                before.Next = this;
            }
        }
    }
}
