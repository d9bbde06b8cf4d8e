# responder.pl ADDRESS PORT NAME PIDFILE - says NAME to whoever connects. Ends, with status 0, when it listens, and goes on in
# a process of its own. Loads no module: a module's start takes longer than its own.
my ($address, $port, $name, $pid_file) = @ARGV;
socket(my $listening, 2, 1, 0) or die "socket: $!\n";
setsockopt($listening, 1, 2, pack("i", 1)) or die "SO_REUSEADDR: $!\n";
bind($listening, pack("S n C4 x8", 2, $port, split(/\./, $address))) or die "bind $address:$port: $!\n";
listen($listening, 512) or die "listen: $!\n";
my $pid = fork();
defined $pid or die "fork: $!\n";
if ($pid) {
    open(my $file, ">", $pid_file) or die "$pid_file: $!\n";
    print $file "$pid\n";
    close($file);
    exit 0;
}
open(STDIN, "<", "/dev/null");
open(STDOUT, ">", "/dev/null");
open(STDERR, ">", "/dev/null");
$SIG{PIPE} = "IGNORE";
while (1) {
    accept(my $client, $listening) or next;
    syswrite($client, "$name\n");
    close($client);
}
