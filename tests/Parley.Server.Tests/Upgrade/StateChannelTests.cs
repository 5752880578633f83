using System.Net.Sockets;
using System.Text;
using Parley.Server.Transport.Loop;
using Parley.Server.Upgrade;
using Parley.TestKit;

namespace Parley.Server.Tests.Upgrade;

/// <summary>Messages with descriptors between two ends of a Unix socket.</summary>
public sealed class StateChannelTests
{
    [Fact]
    public async Task Messages_come_whole_and_in_order_each_with_its_own_descriptor()
    {
        var (left, right) = await PairAsync();
        using (left)
        using (right)
        {
            // More than a socket holds at once.
            var big = new byte[3_000_000];
            Random.Shared.NextBytes(big);
            var sending = Task.Run(async () =>
            {
                for (var i = 0; i < 300; i++)
                {
                    using var file = File.OpenHandle(i % 2 == 0 ? "/dev/null" : "/dev/zero");
                    await left.SendAsync("connection", Encoding.ASCII.GetBytes($"{i}"), (int)file.DangerousGetHandle(), TestContext.Current.CancellationToken);
                }

                await left.SendAsync("broker", big, -1, TestContext.Current.CancellationToken);
            }, TestContext.Current.CancellationToken);

            for (var i = 0; i < 300; i++)
            {
                var (kind, body, descriptor) = (await right.ReceiveAsync(TestContext.Current.CancellationToken).WithinSafetyAsync())!.Value;
                Assert.Equal(("connection", $"{i}"), (kind, Encoding.ASCII.GetString(body)));
                Assert.Equal(i % 2 == 0 ? "/dev/null" : "/dev/zero", File.ResolveLinkTarget($"/proc/self/fd/{descriptor}", returnFinalTarget: false)!.FullName);
                Libc.Close(descriptor);
            }

            var last = (await right.ReceiveAsync(TestContext.Current.CancellationToken).WithinSafetyAsync())!.Value;
            Assert.Equal(("broker", -1), (last.Kind, last.Descriptor));
            Assert.Equal(big, last.Body);
            await sending.WithinSafetyAsync();
        }
    }

    [Fact]
    public async Task The_end_of_the_other_side_is_told_from_what_is_no_message()
    {
        var (left, right) = await PairAsync();
        left.Dispose();
        Assert.Null(await right.ReceiveAsync(TestContext.Current.CancellationToken).WithinSafetyAsync());
        await Assert.ThrowsAsync<IOException>(() => right.SendAsync("hello", new byte[10], -1, TestContext.Current.CancellationToken).WithinSafetyAsync());

        var (near, far) = await SocketsAsync();
        using var channel = new StateChannel(far);
        await near.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<IOException>(() => channel.ReceiveAsync(TestContext.Current.CancellationToken).WithinSafetyAsync());
        near.Dispose();
    }

    private static async Task<(StateChannel Left, StateChannel Right)> PairAsync()
    {
        var (left, right) = await SocketsAsync();
        return (new StateChannel(left), new StateChannel(right));
    }

    private static async Task<(Socket Left, Socket Right)> SocketsAsync()
    {
        Assert.SkipUnless(SocketLoops.IsSupported, "Descriptors are passed on Linux only");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint($"\0parley-test-{Guid.NewGuid():N}"));
        listener.Listen(1);
        var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await left.ConnectAsync(listener.LocalEndPoint!, TestContext.Current.CancellationToken);
        return (left, await listener.AcceptAsync(TestContext.Current.CancellationToken));
    }
}
