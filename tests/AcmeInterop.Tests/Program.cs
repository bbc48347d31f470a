using System.Net;
using AcmeInterop.Tests.Cluster;
using AcmeInterop.Tests.Operating;

// AcmeInterop.Tests FOLDER DNS_SERVER CERTIFICATE [MOMENT]: runs the certificate part of the operator on a folder until the
// certificate is at rest, or until the moment at which it is to die.
if (args.Length < 3) return 64;

var deadline = new Deadline(args.Length > 3 ? int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture) : null);
var cluster = new FolderCluster(args[0]) { BeforeWrite = what => deadline.Pass($"before writing {what}") };
var operating = new CertificateOperator(cluster, IPEndPoint.Parse(args[1]), deadline.Around, deadline.Pass);
await operating.RunAsync(args[2], TimeSpan.FromHours(2));
return 0;
