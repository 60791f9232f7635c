# Runs migrations for real and dumps what came of them: ruby run.rb JOB.json RESULT.json
# A job: { base: FILE or null, structure: true or false, cases: [{ id, files: [FILE] }] }. Each case runs in a database of its own, made from the base; a file that fails is rolled back, named, and passed over.
require 'json'
require 'stringio'
require 'active_record'
require 'active_record/schema_dumper'
require 'active_record/connection_adapters/postgresql_adapter'

socket = ENV.fetch('ANZEN_SOCKET')
adapter = { adapter: 'postgresql', host: socket, username: 'postgres', min_messages: 'error' }
dump = ENV.fetch('ANZEN_PG_DUMP')
ActiveRecord::Migration.verbose = false
ActiveSupport::Deprecation.silenced = true if ActiveSupport::Deprecation.respond_to?(:silenced=)

# What releases after the installed one write in a dump.
class ActiveRecord::Schema
  def self.[](_release) = self
end

module LaterStatements
  def create_enum(name, values) = execute("CREATE TYPE #{quote_table_name(name)} AS ENUM (#{values.map { |value| quote(value) }.join(', ')})")
end
ActiveRecord::ConnectionAdapters::PostgreSQLAdapter.include(LaterStatements)

module LaterColumns
  def enum(*names, enum_type:, **options) = names.each { |name| column(name, enum_type.to_s, **options) }
end
ActiveRecord::ConnectionAdapters::PostgreSQL::TableDefinition.include(LaterColumns)
ActiveRecord::ConnectionAdapters::PostgreSQL::Table.include(LaterColumns)

# Gems that wrap statements.
class ActiveRecord::Migration
  def safety_assured(*) = yield
end

def server(adapter)
  ActiveRecord::Base.establish_connection(adapter.merge(database: 'postgres'))
  yield ActiveRecord::Base.connection
end

def anew(adapter, name, template = 'template0')
  server(adapter) do |connection|
    connection.execute("DROP DATABASE IF EXISTS #{name}")
    connection.execute("CREATE DATABASE #{name} TEMPLATE #{template}")
  end
  ActiveRecord::Base.establish_connection(adapter.merge(database: name))
end

def migrate(file)
  before = ActiveRecord::Migration.descendants
  Object.class_eval(File.read(file), file)
  klass = (ActiveRecord::Migration.descendants - before).reject { |one| one.name.nil? || one.name.start_with?('ActiveRecord::') }.last or raise 'no migration'
  version = File.basename(file)[/\A\d+/].to_i
  proxy = ActiveRecord::MigrationProxy.new(klass.name, version, file, '')
  instance = klass.new(klass.name, version)
  proxy.define_singleton_method(:migration) { instance }
  ActiveRecord::Migrator.new(:up, [proxy], ActiveRecord::SchemaMigration, version).migrate
ensure
  # The next file may well have a class of the same name.
  (ActiveRecord::Migration.descendants - (before || [])).each { |one| Object.send(:remove_const, one.name) if one.name && !one.name.include?('::') && Object.const_defined?(one.name) }
end

job = JSON.parse(File.read(ARGV[0]))
anew(adapter, 'anzen_base')
if job['base']
  load job['base']
  ActiveRecord::Base.connection.execute('DROP TABLE IF EXISTS schema_migrations, ar_internal_metadata')
end
ActiveRecord::Base.remove_connection

results = job['cases'].map do |one|
  anew(adapter, 'anzen_case', 'anzen_base')
  failed = {}
  one['files'].each do |file|
    migrate(file)
  rescue Exception => error # rubocop:disable Lint/RescueException
    raise if error.is_a?(Interrupt)
    cause = error.cause || error
    failed[file] = "#{cause.class}: #{cause.message}".lines.first.to_s.strip
    # What a failure leaves open is closed with its session.
    ActiveRecord::Base.establish_connection(adapter.merge(database: 'anzen_case'))
  end
  out = StringIO.new
  ActiveRecord::SchemaDumper.dump(ActiveRecord::Base.connection, out)
  structure = job['structure'] ? IO.popen([dump, '-h', socket, '-U', 'postgres', '-s', '-x', '-O', 'anzen_case'], &:read) : ''
  ActiveRecord::Base.remove_connection
  { id: one['id'], failed: failed, schema: out.string, structure: structure }
end
File.write(ARGV[1], JSON.generate(results))
