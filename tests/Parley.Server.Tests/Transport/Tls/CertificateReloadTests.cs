using Microsoft.Extensions.Logging;
using Parley.Server.Tests.Support;
using Parley.Server.Transport.Tls;
using Parley.TestKit;

namespace Parley.Server.Tests.Transport.Tls;

public sealed class CertificateReloadTests
{
    [Fact]
    public async Task New_connections_get_the_new_certificate_and_old_ones_go_on()
    {
        await using var server = await TlsServer.StartAsync();
        await using var ann = await server.EnterAsync("Ann");
        Assert.Equal("CN=first.test", await SubjectAsync(server));
        server.Certificate.Replace("CN=second.test");
        Assert.Equal("CN=first.test", await SubjectAsync(server));
        server.Time.Advance(CertificateFiles.Interval);
        Assert.Equal("CN=second.test", await SubjectAsync(server));
        await ann.SendLineAsync("still here");
        await ann.ReadUntilAsync("Ann: still here");
    }

    [Fact]
    public void Somebody_who_does_not_want_to_wait_has_them_looked_at_now()
    {
        using var certificate = new TestCertificate();
        using var log = new CollectedLog();
        using var files = Open(certificate, log);
        certificate.Replace("CN=second.test");
        files.Reload();
        Assert.Equal("CN=second.test", files.Current.TargetCertificate.Subject);
        files.Reload();
        Assert.Equal(2, log.Entries.Count(entry => entry.Id == 105));
    }

    /// <summary>What certbot does: the files are links, and the links are pointed elsewhere.</summary>
    [Fact]
    public void Links_that_point_elsewhere_are_a_change()
        => AssertChanges((folder, certificate) =>
        {
            Link(Path.Combine(folder, "new.pem"), certificate.CertificateFile);
            Link(Path.Combine(folder, "new-key.pem"), certificate.KeyFile);
        });

    /// <summary>What Kubernetes does: the files are links through a folder that is itself a link.</summary>
    [Fact]
    public void A_link_further_up_that_points_elsewhere_is_a_change()
    {
        using var certificate = new TestCertificate("CN=first.test");
        var (old, next) = (Path.Combine(certificate.Folder, "1"), Path.Combine(certificate.Folder, "2"));
        var data = Path.Combine(certificate.Folder, "data");
        Write(Directory.CreateDirectory(old).FullName, "CN=first.test");
        Write(Directory.CreateDirectory(next).FullName, "CN=second.test");
        Directory.CreateSymbolicLink(data, old);
        using var log = new CollectedLog();
        var time = new ManualTimeProvider();
        using var files = new CertificateFiles(
            Path.Combine(data, "new.pem"), Path.Combine(data, "new-key.pem"), time, log.CreateLogger<CertificateFiles>());
        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, next);
        time.Advance(CertificateFiles.Interval);
        Assert.Equal("CN=second.test", files.Current.TargetCertificate.Subject);
    }

    [Fact]
    public void A_file_that_is_put_in_its_place_with_its_old_time_is_a_change()
        => AssertChanges((folder, certificate) =>
        {
            foreach (var (source, target) in new[] { ("new.pem", certificate.CertificateFile), ("new-key.pem", certificate.KeyFile) })
            {
                File.SetLastWriteTimeUtc(Path.Combine(folder, source), File.GetLastWriteTimeUtc(target));
                File.Move(Path.Combine(folder, source), target, overwrite: true);
            }
        });

    [Fact]
    public void A_broken_pair_is_told_once_and_the_one_before_goes_on_until_it_is_mended()
    {
        using var certificate = new TestCertificate();
        using var log = new CollectedLog();
        var time = new ManualTimeProvider();
        using var files = new CertificateFiles(certificate.CertificateFile, certificate.KeyFile, time, log.CreateLogger<CertificateFiles>());

        // The one half is there already, the other not yet.
        var (newCertificate, newKey) = TestCertificate.CreatePem("CN=second.test");
        File.WriteAllText(certificate.CertificateFile, newCertificate);
        time.Advance(4 * CertificateFiles.Interval);
        Assert.Equal("CN=first.test", files.Current.TargetCertificate.Subject);
        var error = Assert.Single(log.Entries, entry => entry.Id == 106);
        Assert.Equal(LogLevel.Error, error.Level);
        Assert.Contains(certificate.KeyFile, error.Message, StringComparison.Ordinal);

        File.Delete(certificate.KeyFile);
        time.Advance(CertificateFiles.Interval);
        Assert.Equal("CN=first.test", files.Current.TargetCertificate.Subject);
        Assert.Equal(2, log.Entries.Count(entry => entry.Id == 106));

        File.WriteAllText(certificate.KeyFile, newKey);
        time.Advance(CertificateFiles.Interval);
        Assert.Equal("CN=second.test", files.Current.TargetCertificate.Subject);
    }

    private static void AssertChanges(Action<string, TestCertificate> change)
    {
        using var certificate = new TestCertificate("CN=first.test");
        using var log = new CollectedLog();
        var time = new ManualTimeProvider();
        using var files = new CertificateFiles(certificate.CertificateFile, certificate.KeyFile, time, log.CreateLogger<CertificateFiles>());
        Write(certificate.Folder, "CN=second.test");
        change(certificate.Folder, certificate);
        time.Advance(CertificateFiles.Interval);
        Assert.Equal("CN=second.test", files.Current.TargetCertificate.Subject);
    }

    private static CertificateFiles Open(TestCertificate certificate, CollectedLog log)
        => new(certificate.CertificateFile, certificate.KeyFile, new ManualTimeProvider(), log.CreateLogger<CertificateFiles>());

    private static void Write(string folder, string subject)
    {
        var (certificate, key) = TestCertificate.CreatePem(subject);
        File.WriteAllText(Path.Combine(folder, "new.pem"), certificate);
        File.WriteAllText(Path.Combine(folder, "new-key.pem"), key);
    }

    private static void Link(string target, string link)
    {
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
    }

    private static async Task<string> SubjectAsync(TlsServer server)
    {
        var end = await TlsEnd.ConnectAsync(server.Address);
        var subject = end.ServerCertificate.Subject;
        await end.CloseAsync();
        return subject;
    }
}
