using System.Net.Security;
using Microsoft.Extensions.Logging;
using Parley.Server.Options;

namespace Parley.Server.Transport.Tls;

/// <summary>
/// The server's certificate, as two files hold it. When these change, new handshakes get the new one; when the new one is
/// broken, the old one goes on.
/// </summary>
/// <remarks>
/// The files are read, a few kilobytes every half minute, and compared. To watch them would miss what the usual tools do:
/// certbot points links to other files, Kubernetes one to another directory, and a copy may keep its source's time.
/// </remarks>
internal sealed class CertificateFiles : IDisposable
{
    /// <summary>Interval at which the files are looked at.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly string _certificateFile;
    private readonly string _keyFile;
    private readonly ILogger _logger;
    private readonly ITimer _timer;

    // Taken with no other. Guards the next two, and keeps two reloads apart; it is held while files are read.
    private readonly Lock _gate = new();
    private CertificatePair _pair;
    private string _lastError = "";
    private volatile SslStreamCertificateContext _current;

    /// <summary>Reads the files, and looks at them from time to time from here on.</summary>
    /// <exception cref="CertificateException">They will not do.</exception>
    public CertificateFiles(string certificateFile, string keyFile, TimeProvider time, ILogger<CertificateFiles> logger)
    {
        (_certificateFile, _keyFile, _logger) = (certificateFile, keyFile, logger);
        _pair = CertificatePair.Read(certificateFile, keyFile);
        _current = _pair.Open(certificateFile, keyFile);
        _timer = time.CreateTimer(static files => ((CertificateFiles)files!).Reload(), this, Interval, Interval);
        LogCurrent();
    }

    /// <summary>Why a server with these settings would have no certificate to begin with; null if it would, or needs none.</summary>
    public static string? Fault(ParleyOptions options)
    {
        if (!options.UsesTls)
        {
            return null;
        }

        try
        {
            _ = CertificatePair.Read(options.TlsCertificate, options.TlsKey).Open(options.TlsCertificate, options.TlsKey);
            return null;
        }
        catch (CertificateException e)
        {
            return $"tls-certificate: {e.Message}";
        }
    }

    /// <summary>Certificate that the next handshake is made with.</summary>
    public SslStreamCertificateContext Current => _current;

    /// <summary>Why the files will not do that there are now, so that the certificate before stays in use; empty if they do.</summary>
    public string LastError
    {
        get
        {
            lock (_gate)
            {
                return _lastError;
            }
        }
    }

    /// <summary>Looks at the files now. It blocks while they are read.</summary>
    public void Reload()
    {
        lock (_gate)
        {
            try
            {
                var pair = CertificatePair.Read(_certificateFile, _keyFile);
                if (pair != _pair)
                {
                    _current = pair.Open(_certificateFile, _keyFile);
                    _pair = pair;
                    LogCurrent();
                }

                _lastError = "";
            }
            catch (CertificateException e)
            {
                // The same every half minute is told once.
                if (e.Message != _lastError)
                {
                    Log.CertificateNotReloaded(_logger, e.Message);
                    _lastError = e.Message;
                }
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void LogCurrent()
        => Log.CertificateLoaded(_logger, _certificateFile, _current.TargetCertificate.Subject, _current.TargetCertificate.NotAfter.ToUniversalTime());
}
